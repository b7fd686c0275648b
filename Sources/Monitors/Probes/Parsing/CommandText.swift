/// Takes a command line apart as the kernel keeps it: arguments that end with a zero byte.
enum CommandText {
  /// As much of it as is ever read.
  static let longest = 4096

  /// The arguments.
  static func arguments(_ bytes: UnsafeRawBufferPointer) -> [String] {
    var rest = bytes[...]
    while rest.last == 0 { rest.removeLast() }
    guard !rest.isEmpty else { return [] }
    return rest.split(separator: 0, omittingEmptySubsequences: false).map {
      String(decoding: $0, as: UTF8.self)
    }
  }

  /// One line of text, and a mark where it was cut.
  static func text(_ arguments: [String], isCut: Bool = false) -> Printable {
    Printable(arguments.joined(separator: " ") + (isCut ? "…" : ""))
  }
}
