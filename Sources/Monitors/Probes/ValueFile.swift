import Glibc

/// A kernel file that holds one value and is read again and again.
///
/// The sensor of a part that is switched off answers with an error instead of a number: that is "offline", never 0.
struct ValueFile: Sendable {
  /// Where it is.
  let path: String
  private let kept: KeptFile?
  private let refusal: Absence?

  /// What a part that is switched off is called.
  static let offline = Absence.because("offline")

  /// Opens the file; `nil` where there is none.
  init?(_ path: String, on host: Host, keeps: Bool = true) {
    self.path = path
    // A simulated sensor may be replaced by a new file of its name, which an open descriptor would never see.
    guard keeps, !host.isSimulated else {
      guard (try? host.files.status(path, in: nil, following: true)) != nil else { return nil }
      kept = nil
      refusal = nil
      return
    }
    do throws(SystemError) {
      kept = try host.files.keep(path, in: nil)
      refusal = nil
    } catch {
      if error.code == ENOENT || error.code == ENOTDIR { return nil }
      let isRefused = error.code == EACCES || error.code == EPERM
      kept = nil
      refusal = isRefused ? .notPermitted(needs: "root") : nil
    }
  }

  /// The number in it, or why there is none now.
  func number(_ files: any Files, _ scratch: Scratch) -> Measured<Int64> {
    if let refusal { return .missing(refusal) }
    do throws(SystemError) {
      let bytes =
        if let kept { try scratch.read(files, kept: kept) } else { try scratch.read(files, path) }
      var scanner = ByteScanner(bytes)
      return scanner.signedNumber().map { .fresh($0) } ?? .missing(.malformed)
    } catch { return .missing(ValueFile.absence(of: error)) }
  }

  /// What an error means for a value: most sensors that fail do so for a while only.
  static func absence(of error: SystemError) -> Absence {
    switch error.code {
    case ENODEV, ENOENT, ENOTDIR, ENXIO: .gone
    case EACCES, EPERM: .notPermitted(needs: "root")
    default: offline
    }
  }

  /// The text of a file that never changes; `nil` where there is none.
  static func text(_ path: String, on host: Host, _ scratch: Scratch) -> Printable? {
    guard let found = (try? scratch.read(host.files, path))?.trimmed, !found.isEmpty else {
      return nil
    }
    return found
  }

  /// The number in a file that never changes; `nil` where there is none.
  static func number(_ path: String, on host: Host, _ scratch: Scratch) -> Int64? {
    guard let bytes = try? scratch.read(host.files, path) else { return nil }
    var scanner = ByteScanner(bytes)
    return scanner.signedNumber()
  }

  /// The names in a directory that begin with a prefix, by the number behind it; empty where it can't be listed.
  static func names(in directory: String, prefix: String, on host: Host) -> [String] {
    let found = ((try? host.files.list(directory, in: nil)) ?? []).filter { $0.hasPrefix(prefix) }
    return found.sorted {
      let a = Int($0.dropFirst(prefix.count)) ?? .max
      let b = Int($1.dropFirst(prefix.count)) ?? .max
      return a == b ? $0 < $1 : a < b
    }
  }
}
