/// Sends orders to linked processes, from any thread; it waits for the answer, so never from one that must not wait.
///
///     let reply = try sender.send([.init("action", .text("gc"))], to: key, within: 30)
///     reply["seconds"]
public protocol LinkSending: Sendable {
  /// Asks a process to do something and waits until that is done.
  ///
  /// - Parameters:
  ///   - members: What goes into the request beside `"op":"do"`: the action and its arguments, and who asks.
  ///   - seconds: How long to wait for the answer at most.
  /// - Returns: The reply as it came, whose `ok` is true.
  func send(_ members: [JSONValue.Field], to key: ProcessKey, within seconds: Double)
    throws(LinkFailure) -> JSONValue
}

/// Why an order was not carried out.
public enum LinkFailure: Error, Sendable, Equatable {
  /// No socket of that process was found that may be trusted.
  case notLinked(Printable)
  /// It was asked, and did not answer in time; it may still do it.
  case noAnswer
  /// It answered that it could not; its own words.
  case refused(Printable)
  /// The connection broke before the answer came.
  case lost(Printable)

  /// Why there is no link where none was looked for in vain.
  static let nothingThere: Printable = "the target is not linked"

  /// The reason as a short sentence without a full stop.
  public var sentence: Printable {
    switch self {
    case .notLinked(let why): why
    case .noAnswer: "no answer in time"
    case .refused(let words): words
    case .lost(let why): "the connection broke: \(why)"
    }
  }
}
