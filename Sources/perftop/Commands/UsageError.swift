import Monitors

/// A command line that can not be obeyed: what is wrong, why, and what to do about it.
struct UsageError: Error, Sendable, Equatable {
  static let exitStatus: Int32 = 2

  /// The word it is about: an option, a command, a value.
  let what: Printable
  /// What is wrong with it.
  let why: Printable
  /// What to do; every mistake here has an answer.
  let advice: Printable

  init(_ what: String, _ why: Printable, advice: Printable) {
    self.what = Printable(what)
    self.why = why
    self.advice = advice
  }

  /// The two lines for standard error, each ended.
  var lines: String { "perftop: \(what): \(why)\n\(advice)\n" }
}
