import Glibc

/// What a person typed to find a process: its name, else a regular expression over its command line.
public struct CommandPattern: Sendable, Equatable {
  /// As it was typed.
  public let text: String

  /// Takes what was typed; refuses what is no regular expression.
  public init(_ text: String) throws(TargetError) {
    self.text = text
    guard PatternCost.of(text) <= PatternCost.most else {
      throw .badPattern(Printable(text), why: "too many repetitions")
    }
    var compiled = regex_t()
    let code = regcomp(&compiled, text, REG_EXTENDED | REG_NOSUB)
    guard code == 0 else {
      throw .badPattern(Printable(text), why: CommandPattern.reason(code, &compiled))
    }
    regfree(&compiled)
  }

  /// Whether it is the process's short name or the file name of its program.
  public func isName(_ name: String, _ arguments: [String]) -> Bool {
    guard !text.isEmpty else { return false }
    if name == text { return true }
    guard let program = arguments.first else { return false }
    return program.split(separator: "/").last.map { $0 == text } ?? false
  }

  /// Those of some command lines that it matches.
  public func matches(_ commands: [String]) -> [Bool] {
    var compiled = regex_t()
    guard !text.isEmpty, regcomp(&compiled, text, REG_EXTENDED | REG_NOSUB) == 0 else {
      return commands.map { _ in false }
    }
    defer { regfree(&compiled) }
    return commands.map { regexec(&compiled, $0, 0, nil, 0) == 0 }
  }

  private static func reason(_ code: Int32, _ compiled: inout regex_t) -> Printable {
    var text = [CChar](repeating: 0, count: 128)
    regerror(code, &compiled, &text, text.count)
    return Printable(bytes: text.prefix { $0 != 0 }.map { UInt8(truncatingIfNeeded: $0) })
  }
}
