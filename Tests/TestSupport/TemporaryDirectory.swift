import Glibc
import Monitors

/// A directory for one test, gone with it.
public final class TemporaryDirectory {
  /// Where it is.
  public let path: String

  /// Makes one that only this user can read.
  public init() throws {
    var template = Array("/tmp/perftop-tests-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw SystemError.last }
    path = template.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } ?? "" }
  }

  deinit { DirectoryTree.remove(path) }

  /// What a file in it says, or nothing.
  public func text(_ name: String) -> String {
    var buffer = [UInt8](repeating: 0, count: 4_000_000)
    let count = buffer.withUnsafeMutableBytes {
      (try? LiveFiles().read("\(path)/\(name)", in: nil, into: $0)) ?? 0
    }
    return String(decoding: buffer[..<count], as: UTF8.self)
  }

  /// The names in a directory below it.
  public func names(_ place: String = "") -> [String] {
    (try? LiveFiles().list("\(path)/\(place)", in: nil)) ?? []
  }
}
