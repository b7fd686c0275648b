import Glibc

/// A name by which machines are told apart that see the same directories.
enum MachineMark {
  private static let longest = 64
  private static let idDigits = 8

  /// The one of this machine, the same after a restart.
  static var running: String {
    // Where the machine has no place to keep its number in, it draws another one at each start.
    let isLasting = access("/run/machine-id", F_OK) != 0
    return of(MachineName.current.text, id: isLasting ? id : "")
  }

  /// Machines that were copied from one another may share either, hardly both.
  static func of(_ name: String, id: String) -> String {
    let letters = name.prefix(longest).map { character in
      character.isASCII && (character.isLetter || character.isNumber) ? character : "-"
    }
    let parts = [String(letters), String(id.prefix(idDigits))].filter { !$0.isEmpty }
    return parts.isEmpty ? "unnamed" : parts.joined(separator: "-")
  }

  private static var id: String {
    let file = open("/etc/machine-id", O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else { return "" }
    defer { close(file) }
    var bytes = [UInt8](repeating: 0, count: 32)
    let count = read(file, &bytes, bytes.count)
    let digits = bytes.prefix(max(0, count)).prefix { $0 != UInt8(ascii: "\n") }
    let text = String(decoding: digits, as: UTF8.self)
    return text.allSatisfy(\.isHexDigit) ? text : ""
  }
}
