import Glibc

/// A program that was installed together with this one.
public enum Neighbour {
  /// Its whole path: beside the running program, or in `../lib/perftop` as seen from there; `nil` where it is in neither.
  ///
  /// PATH has no part in it, and root does not run what others could have put there.
  public static func path(of name: String, beside program: String = running) -> String? {
    guard let slash = program.lastIndex(of: "/") else { return nil }
    let folder = program[..<slash]
    return ["\(folder)/\(name)", "\(folder)/../lib/perftop/\(name)"].first {
      isTrusted($0, like: program)
    }
  }

  /// The file of this program, as it was when it began.
  public static let running: String = {
    var buffer = [UInt8](repeating: 0, count: Int(PATH_MAX))
    let count = buffer.withUnsafeMutableBytes { bytes in
      bytes.bindMemory(to: CChar.self).baseAddress.map {
        readlink("/proc/self/exe", $0, Int(PATH_MAX))
      } ?? -1
    }
    let path = String(decoding: buffer.prefix(max(0, count)), as: UTF8.self)
    let replaced = " (deleted)"
    return path.hasSuffix(replaced) ? String(path.dropLast(replaced.count)) : path
  }()

  /// Root runs only what root alone can change, or whoever could have changed the running program as well.
  private static func isTrusted(_ path: String, like program: String) -> Bool {
    var status = stat()
    guard path.hasPrefix("/"), stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
      access(path, X_OK) == 0
    else { return false }
    guard geteuid() == 0 else { return true }
    var own = stat()
    let isOfSameOwner = stat(program, &own) == 0 && own.st_uid == status.st_uid
    let (othersMayWrite, groupMayWrite): (mode_t, mode_t) = (0o002, 0o020)
    return status.st_mode & othersMayWrite == 0
      && (status.st_mode & groupMayWrite == 0 || status.st_gid == 0 || status.st_gid == own.st_gid)
      && (status.st_uid == 0 || isOfSameOwner)
  }
}

/// The machine's own name.
public enum MachineName {
  /// `robot-7`; `localhost` where it has none.
  public static var current: Printable {
    var buffer = [UInt8](repeating: 0, count: 256)
    let isKnown = buffer.withUnsafeMutableBytes { bytes in
      bytes.bindMemory(to: CChar.self).baseAddress.map { gethostname($0, 255) == 0 } ?? false
    }
    let name = buffer.prefix { $0 != 0 }
    return isKnown && !name.isEmpty ? Printable(bytes: name) : "localhost"
  }
}
