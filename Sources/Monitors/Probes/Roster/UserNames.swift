/// The names of users, from `/etc/passwd`: parsed once, and again when it has changed.
///
/// Names that only a directory server knows are not looked up: it might not answer.
struct UserNames: Sendable {
  private let files: any Files
  private var names: [UInt32: Printable] = [:]
  private var seen: FileStatus?
  private var period = Period(seconds: 10)
  private static let path = "/etc/passwd"
  private static let mostBytes: Int64 = 1 << 20

  init(files: any Files) { self.files = files }

  /// The name, else the number.
  func name(_ uid: UInt32) -> Printable { names[uid] ?? "\(String(uid))" }

  /// Looks whether the file has changed; says whether names may be others now.
  mutating func refresh(at moment: Moment) -> Bool {
    guard period.isDue(at: moment) else { return false }
    let status = try? files.status(UserNames.path, in: nil, following: true)
    guard status != seen else { return false }
    seen = status
    names = status.map { read($0.size) } ?? [:]
    return true
  }

  private func read(_ size: Int64) -> [UInt32: Printable] {
    let scratch = Scratch(size: Int(min(max(size, 0), UserNames.mostBytes)) + 1)
    guard let bytes = try? scratch.read(files, UserNames.path) else { return [:] }
    return UserNames.parse(bytes)
  }

  /// Takes lines like `robot:x:1000:1000:Robot:/home/robot:/bin/sh`; of two with one number the first counts.
  static func parse(_ bytes: UnsafeRawBufferPointer) -> [UInt32: Printable] {
    var names: [UInt32: Printable] = [:]
    var scanner = ByteScanner(bytes)
    while !scanner.isAtEnd {
      let line = scanner.line()
      guard let nameEnd = line.firstIndex(of: UInt8(ascii: ":")), nameEnd > 0,
        let wordEnd = line[(nameEnd + 1)...].firstIndex(of: UInt8(ascii: ":"))
      else { continue }
      var rest = ByteScanner(UnsafeRawBufferPointer(rebasing: line[(wordEnd + 1)...]))
      guard let number = rest.number(), rest.peek == UInt8(ascii: ":"),
        let uid = UInt32(exactly: number), names[uid] == nil
      else { continue }
      names[uid] = Printable(bytes: line[..<nameEnd])
    }
    return names
  }
}
