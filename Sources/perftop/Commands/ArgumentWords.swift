import Monitors

/// A command line taken apart: options with their values, plain words, and what follows `--`.
struct ArgumentWords {
  /// One option as it was given; `value` is empty for one that takes none.
  struct Given {
    let option: OptionName
    let value: String
  }

  private(set) var given: [Given] = []
  private(set) var plain: [String] = []
  /// What follows `--`; `nil` where there is none.
  private(set) var command: [String]?
  /// The first mistake; a command of a later version is a better answer than its unknown options.
  private(set) var mistake: UsageError?

  private var rest: ArraySlice<String>

  init(_ arguments: [String]) {
    let end = arguments.firstIndex(of: "--")
    rest = arguments[..<(end ?? arguments.endIndex)]
    command = end.map { Array(arguments[($0 + 1)...]) }
  }

  /// Takes every word apart.
  mutating func scan() {
    while let word = rest.popFirst() {
      do throws(UsageError) {
        if word.hasPrefix("--") {
          try takeLong(word)
        } else if word.hasPrefix("-"), word.count > 1 {
          try takeLetters(word)
        } else {
          plain.append(word)
        }
      } catch {
        mistake = mistake ?? error
      }
    }
  }

  private mutating func takeLong(_ word: String) throws(UsageError) {
    let parts = word.dropFirst(2).split(
      separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard let name = parts.first, let option = OptionName(rawValue: String(name)) else {
      throw ArgumentWords.unknown(String(word.prefix { $0 != "=" }))
    }
    if option.placeholder == nil {
      guard parts.count == 1 else {
        throw UsageError(option.long, "takes no value", advice: "write \(option.long) alone")
      }
      given.append(Given(option: option, value: ""))
    } else if parts.count == 2 {
      given.append(Given(option: option, value: String(parts[1])))
    } else {
      given.append(Given(option: option, value: try following(option, written: option.long)))
    }
  }

  /// `-hV`, `-p1,2`, `-d.5`: letters in a row, the first one with a value takes the rest.
  private mutating func takeLetters(_ word: String) throws(UsageError) {
    var letters = word.dropFirst()
    while let letter = letters.popFirst() {
      guard let option = OptionName.allCases.first(where: { $0.letter == letter }) else {
        throw ArgumentWords.unknown(word)
      }
      guard option.placeholder != nil else {
        given.append(Given(option: option, value: ""))
        continue
      }
      guard letters.isEmpty else {
        given.append(
          Given(option: option, value: String(letters.first == "=" ? letters.dropFirst() : letters))
        )
        return
      }
      given.append(Given(option: option, value: try following(option, written: "-\(letter)")))
    }
  }

  private mutating func following(_ option: OptionName, written: String) throws(UsageError)
    -> String
  {
    if let value = rest.first, !ArgumentWords.looksLikeOption(value) {
      rest.removeFirst()
      return value
    }
    throw UsageError(
      written, "needs a value", advice: "write \(written) \(option.placeholder ?? "VALUE")")
  }

  /// A negative number is a wrong value, not an option, and deserves the sentence about values.
  private static func looksLikeOption(_ word: String) -> Bool {
    guard word.hasPrefix("-"), let second = word.dropFirst().first else { return false }
    return !(second.isNumber || second == ".")
  }

  private static func unknown(_ word: String) -> UsageError {
    let known = OptionName.allCases.filter { !$0.isLater }.map(\.long)
    let near = word.hasPrefix("--") ? Nearest.match(word, among: known) : nil
    return UsageError(
      word, "unknown option",
      advice: near.map { "did you mean \($0)?" } ?? "perftop --help lists the options")
  }
}
