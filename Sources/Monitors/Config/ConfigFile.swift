import Glibc

/// Finds the config file and reads it: never in the current directory, never waiting, never more than it may be.
public struct ConfigFile: Sendable {
  /// Why the file that was named can't be read: a mistake of the command line or of the environment.
  public struct Failure: Error, Sendable, Equatable {
    /// The option, the variable or the file.
    public var what: Printable
    /// What is wrong with it.
    public var why: Printable
    /// What to do.
    public var advice: Printable
  }

  /// A place where the file may be.
  struct Place: Equatable {
    var path: String
    /// Who named it: an option or a variable; `nil` where it is a usual place.
    var namedBy: String?
  }

  /// The most a file may have, in bytes: room for ten thousand rules.
  public static let largestSize = 4 * 1024 * 1024
  /// The name of the variable that names it.
  public static let variable = "PERFTOP_CONFIG"

  private let files: any Files
  private let environment: @Sendable (String) -> String?
  private let option: String?
  private let isRoot: Bool

  /// Reads with these files; `option` is what `--config` names, and root trusts only what no one else can change.
  public init(
    files: any Files, environment: @escaping @Sendable (String) -> String?, option: String? = nil,
    isRoot: Bool = Operator.isRoot
  ) {
    self.files = files
    self.environment = environment
    self.option = option
    self.isRoot = isRoot
  }

  /// Where the settings come from.
  public struct Location: Sendable, Equatable {
    /// The file that is used, or the place where one is looked for first.
    public var path: String
    /// Whether it is used; where not, the defaults hold.
    public var isUsed: Bool
    /// The files that are there and not used, and why.
    public var refused: [ConfigProblem]
  }

  /// Reads the first file that can be used; without one the defaults hold.
  public func load(machine: Host) throws(Failure) -> LoadedConfig {
    let (found, refused) = try find()
    var loaded =
      found.map { LoadedConfig($0.bytes, file: $0.path, machine: machine) }
      ?? LoadedConfig(machine: machine)
    loaded.problems = refused + loaded.problems
    return loaded
  }

  /// Which file that is.
  public func location() throws(Failure) -> Location {
    let (found, refused) = try find()
    let first = try places().first?.path ?? ""
    return Location(path: found?.path ?? first, isUsed: found != nil, refused: refused)
  }

  /// The first file that can be used, and why others that are there can not.
  private func find() throws(Failure)
    -> (found: (path: String, bytes: [UInt8])?, refused: [ConfigProblem])
  {
    var refused: [ConfigProblem] = []
    for place in try places() {
      do throws(SystemError) {
        switch try read(place.path) {
        case .success(let bytes): return ((place.path, bytes), refused)
        case .failure(let refusal): refused.append(ConfigProblem(place.path, refusal.sentence))
        }
      } catch {
        if let namedBy = place.namedBy { throw ConfigFile.failure(namedBy, place.path, error) }
        if error.code == ENOENT || error.code == ENOTDIR { continue }
        refused.append(ConfigProblem(place.path, error.sentence))
      }
    }
    return (nil, refused)
  }

  /// Why a file that could be read is not.
  private struct Refusal: Error { var sentence: Printable }

  private func read(_ path: String) throws(SystemError) -> Result<[UInt8], Refusal> {
    let seen = try files.status(path, in: nil, following: true)
    if let sentence = refusal(seen) { return .failure(Refusal(sentence: sentence)) }
    let kept = try files.keep(path, in: nil)
    // What lies there now may not be what was there a moment ago.
    if let sentence = refusal(try files.status(kept)) {
      return .failure(Refusal(sentence: sentence))
    }
    return .success(try contents(kept))
  }

  private static let quiet = 0.02
  private static let attempts = 5

  /// Reads it when nobody is writing to it; `nil` where somebody is all the time.
  ///
  /// Half a file is often good YAML, so a file that was touched a moment ago is given another moment; one that is
  /// replaced as a whole, as editors do, is whole each time.
  public func loadWhenQuiet(machine: Host) throws(Failure) -> LoadedConfig? {
    var inodes: Set<UInt64> = []
    for _ in 0..<ConfigFile.attempts {
      let before = try status()
      inodes.insert(before?.inode ?? 0)
      let loaded = try load(machine: machine)
      if try status() == before, !isUnfinished(before, machine.time.now()) { return loaded }
      machine.time.wait(nanoseconds: Int64(ConfigFile.quiet * 1e9))
    }
    return inodes.count > 1 ? try load(machine: machine) : nil
  }

  private func status() throws(Failure) -> FileStatus? {
    let path = try location().path
    return try? files.status(path, in: nil, following: true)
  }

  /// A file without anything in it is one whose writer has only begun; a time in the future is another machine's
  /// clock, and says nothing.
  private func isUnfinished(_ status: FileStatus?, _ now: Moment) -> Bool {
    guard let status else { return false }
    if status.kind == .regular, status.size == 0 { return true }
    let age = Double(now.wall &- status.modified) / 1e9
    return age >= 0 && age < ConfigFile.quiet
  }

  private static func failure(_ namedBy: String, _ path: String, _ error: SystemError) -> Failure {
    let isOption = namedBy != variable
    return Failure(
      what: isOption ? Printable(path) : Printable("\(variable): \(path)"), why: error.sentence,
      advice: isOption
        ? "name a file that is there; perftop config path says which is usual"
        : "name a file that is there, or unset \(Printable(variable))")
  }
}

extension ConfigFile {
  /// Where it is looked for, in this order; a file that was named is the only one.
  func places() throws(Failure) -> [Place] {
    if let option { return [Place(path: option, namedBy: "--config")] }
    if let path = environment(ConfigFile.variable), !path.isEmpty {
      guard path.hasPrefix("/") else {
        throw Failure(
          what: Printable("\(ConfigFile.variable): \(path)"), why: "not an absolute path",
          advice: "name it from the root: /home/me/config.yaml")
      }
      return [Place(path: path, namedBy: ConfigFile.variable)]
    }
    return usualPaths.map { Place(path: $0) }
  }

  /// A relative path would mean the current directory, where anyone may have put things.
  private var usualPaths: [String] {
    var found: [String] = []
    if let home = environment("XDG_CONFIG_HOME"), home.hasPrefix("/") {
      found.append("\(home)/perftop/config.yaml")
    } else if let home = environment("HOME"), home.hasPrefix("/") {
      found.append("\(home)/.config/perftop/config.yaml")
    }
    return found + ["/etc/perftop/config.yaml"]
  }

  private func refusal(_ status: FileStatus) -> Printable? {
    if status.kind == .directory { return "a directory, not a file: not read" }
    if status.kind != .regular { return "not a regular file: not read" }
    if status.size > ConfigFile.largestSize {
      return "larger than \(ConfigFile.largestSize / 1024) KiB: not read"
    }
    return isRoot ? distrust(status) : nil
  }

  private static let groupMayWrite: UInt32 = 0o020
  private static let othersMayWrite: UInt32 = 0o002

  /// Why root does not obey a file; `nil` where nobody else can change it.
  private func distrust(_ status: FileStatus) -> Printable? {
    if status.owner != 0 {
      return "belongs to uid \(status.owner): root does not obey it (chown root, or use another)"
    }
    if status.mode & ConfigFile.othersMayWrite != 0 {
      return "everyone can write to it: root does not obey it (chmod o-w)"
    }
    return status.group == 0 || status.mode & ConfigFile.groupMayWrite == 0
      ? nil
      : "gid \(status.group) can write to it: root does not obey it (chmod g-w, or chgrp root)"
  }

  /// All of a file, as long as it does not grow beyond what it may be.
  private func contents(_ file: KeptFile) throws(SystemError) -> [UInt8] {
    var bytes: [UInt8] = []
    var failure: SystemError?
    let room = ConfigFile.largestSize + 1
    bytes = [UInt8](unsafeUninitializedCapacity: room) { buffer, filled in
      filled = 0
      while filled < room {
        let rest = UnsafeMutableRawBufferPointer(
          rebasing: UnsafeMutableRawBufferPointer(buffer)[filled...])
        do throws(SystemError) {
          let count = try files.read(file, at: Int64(filled), into: rest)
          if count == 0 { return }
          filled += count
        } catch {
          failure = error
          return
        }
      }
    }
    if let failure { throw failure }
    if bytes.count > ConfigFile.largestSize { throw SystemError(EFBIG) }
    return bytes
  }
}
