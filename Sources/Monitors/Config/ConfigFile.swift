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

  /// The most a file may have, in bytes.
  public static let largestSize = 256 * 1024
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

  /// Reads the first file that is there; without one the defaults hold.
  public func load(machine: Host) throws(Failure) -> LoadedConfig {
    var ignored: [ConfigProblem] = []
    for place in try places() {
      do throws(SystemError) {
        var status = try files.status(place.path, in: nil, following: true)
        var refusal = refusal(status)
        var bytes: [UInt8] = []
        if refusal == nil {
          let kept = try files.keep(place.path, in: nil)
          // What lies there now may not be what was there a moment ago.
          status = try files.status(kept)
          refusal = self.refusal(status)
          if refusal == nil { bytes = try contents(kept) }
        }
        if let refusal {
          ignored.append(ConfigProblem(place.path, refusal))
          if place.namedBy == nil { continue }
          return without(ignored, machine)
        }
        var loaded = LoadedConfig(bytes, file: place.path, machine: machine)
        loaded.problems = ignored + loaded.problems
        return loaded
      } catch {
        if let namedBy = place.namedBy { throw ConfigFile.failure(namedBy, place.path, error) }
        if error.code == ENOENT || error.code == ENOTDIR { continue }
        ignored.append(ConfigProblem(place.path, error.sentence))
      }
    }
    return without(ignored, machine)
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
    let path = try path().path
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

  private func without(_ ignored: [ConfigProblem], _ machine: Host) -> LoadedConfig {
    var loaded = LoadedConfig(machine: machine)
    loaded.problems = ignored
    return loaded
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

  /// The file that is used, or the place where one would be looked for first; and whether it is there.
  public func path() throws(Failure) -> (path: String, isThere: Bool) {
    let places = try places().map(\.path)
    for path in places where (try? files.status(path, in: nil, following: true)) != nil {
      return (path, true)
    }
    return (places.first ?? "", false)
  }

  private static let othersMayWrite: UInt32 = 0o002

  private func refusal(_ status: FileStatus) -> Printable? {
    if status.kind != .regular { return "not a regular file: not read" }
    if status.size > ConfigFile.largestSize {
      return "larger than \(ConfigFile.largestSize / 1024) KiB: not read"
    }
    guard isRoot else { return nil }
    if status.owner != 0 {
      return "belongs to uid \(status.owner): root does not obey it (chown root, or use another)"
    }
    return status.mode & ConfigFile.othersMayWrite == 0
      ? nil : "everyone can write to it: root does not obey it (chmod o-w)"
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
