import Glibc

/// A file with a secret in it, which is read only where nobody else could have read it or put it there.
public struct SecretFile: Sendable {
  /// Why it is not read.
  public struct Refusal: Error, Sendable, Equatable {
    /// `/home/pi/token: others can read it (mode 0644): chmod 600 /home/pi/token`.
    public var sentence: Printable
  }

  private static let mostBytes = 4096
  private let path: String

  /// Names a file, by its whole path.
  public init(_ path: String) { self.path = path }

  /// The first line of it.
  public func read() throws(Refusal) -> Secret {
    let bytes = try whole(most: SecretFile.mostBytes, isSecret: true)
    let text = String(decoding: bytes, as: UTF8.self)
    let lines = text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
    guard let first = lines.first, !first.isEmpty else { throw refusal("there is nothing in it") }
    guard lines.dropFirst().allSatisfy(\.isEmpty), first.utf8.allSatisfy({ $0 >= 0x20 }) else {
      throw refusal("more than one line: only the secret may stand there")
    }
    return Secret(String(first))
  }

  /// All of a file that is no secret, such as the certificates that somebody trusts.
  public func readOpenly(most: Int) throws(Refusal) -> [UInt8] {
    try whole(most: most, isSecret: false)
  }

  private func refusal(_ why: Printable) -> Refusal {
    Refusal(sentence: "\(Printable(path)): \(why)")
  }

  private func whole(most: Int, isSecret: Bool) throws(Refusal) -> [UInt8] {
    let flags = O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY | (isSecret ? O_NOFOLLOW : 0)
    let file = open(path, flags)
    guard file >= 0 else {
      throw refusal(errno == ELOOP ? "a link: name the file itself" : SystemError.last.sentence)
    }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw refusal("not a regular file")
    }
    if isSecret { try check(status) }
    var bytes = [UInt8](repeating: 0, count: most + 1)
    var count = 0
    while count < bytes.count {
      let more = bytes.withUnsafeMutableBytes {
        Glibc.read(file, $0.baseAddress?.advanced(by: count), $0.count - count)
      }
      if more < 0 { throw refusal(SystemError.last.sentence) }
      if more == 0 { break }
      count += more
    }
    guard count <= most else { throw refusal("larger than \(most) bytes") }
    return Array(bytes.prefix(count))
  }

  private func check(_ status: stat) throws(Refusal) {
    guard status.st_uid == geteuid() || status.st_uid == 0 else {
      throw refusal("it belongs to somebody else: chown it, and chmod 600")
    }
    let others: mode_t = 0o077
    guard status.st_mode & others == 0 else {
      let mode = String(status.st_mode & 0o7777, radix: 8)
      throw refusal("others can get at it (mode 0\(Printable(mode))): chmod 600 \(Printable(path))")
    }
  }
}
