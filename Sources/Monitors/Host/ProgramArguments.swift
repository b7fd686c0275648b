/// The words this program was started with.
public enum ProgramArguments {
  /// All of them, the program's own name first, as bytes: names of files need not be UTF-8.
  public static var bytes: [[UInt8]] {
    (0..<Int(max(0, CommandLine.argc))).compactMap { place in
      CommandLine.unsafeArgv[place].map { Array(String.bytes(of: $0)) }
    }
  }
}

extension String {
  /// The bytes of a C string without its end.
  static func bytes(of start: UnsafePointer<CChar>) -> [UInt8] {
    var bytes: [UInt8] = []
    var place = start
    while place.pointee != 0 {
      bytes.append(UInt8(truncatingIfNeeded: place.pointee))
      place += 1
    }
    return bytes
  }
}
