import Glibc

/// Finds processes by number and by name, and takes hold of them.
public struct TargetFinder: Sendable {
  /// A process that was found, with what will tell its successor.
  public struct Found: Sendable {
    /// How it is held.
    public let handle: TargetHandle
    /// Its short name.
    public let name: Printable
    let parent: Int32
  }

  /// What a restarted program has in common with the one before.
  struct Signature: Sendable, Equatable {
    var unit: String?
    var program: [UInt8]
    var arguments: [UInt8]
    var uid: UInt32

    /// The same service, or the same command of the same user.
    func matches(_ other: Signature) -> Bool {
      if let unit { return unit == other.unit }
      return !arguments.isEmpty && program == other.program && arguments == other.arguments
        && uid == other.uid
    }
  }

  let host: Host
  private static let longestCommand = 4096

  /// Looks on a host.
  public init(host: Host) { self.host = host }

  /// Takes hold of a process by its number.
  ///
  /// The descriptor is opened first and the start time read through it, so that both mean the same process.
  public func attach(_ pid: Int32) throws(AttachFailure) -> Found {
    let scratch = Scratch(size: 8192)
    let directory: DirectoryHandle
    do { directory = try host.files.openDirectory("/proc/\(pid)", in: nil) } catch {
      if error == .notAllowed { throw .notPermitted(pid) }
      throw .noSuchProcess("\(pid)")
    }
    let process = try? host.processes.open(pid)
    guard let bytes = try? scratch.read(host.files, "stat", in: directory),
      let stat = ProcessStat.parse(bytes)
    else { throw .noSuchProcess("\(pid)") }
    if let bytes = try? scratch.read(host.files, "status", in: directory),
      let status = ProcessStatus.parse(bytes), status.group != 0, status.group != pid
    {
      throw .isThread(pid, of: status.group)
    }
    guard stat.state != "Z" || stat.threads > 1 else { throw .hasEnded(pid) }
    let handle = TargetHandle(
      pid: pid, directory: directory, process: process, startTicks: stat.startTicks)
    return Found(handle: handle, name: stat.name, parent: stat.parent)
  }

  /// Reads the command line, which can hang with the memory it lies in: for workers.
  func signature(_ directory: DirectoryHandle) -> Signature {
    let scratch = Scratch(size: TargetFinder.longestCommand)
    var uid: UInt32 = 0
    if let bytes = try? scratch.read(host.files, "status", in: directory) {
      uid = ProcessStatus.parse(bytes)?.uid ?? 0
    }
    let arguments = (try? scratch.read(host.files, "cmdline", in: directory)).map(Array.init) ?? []
    return Signature(
      unit: unit(directory, scratch),
      program: (try? host.files.readLink("exe", in: directory)) ?? [], arguments: arguments,
      uid: uid)
  }

  /// The group of a service of its own; a session's or a user's group holds all sorts of programs.
  private func unit(_ directory: DirectoryHandle, _ scratch: Scratch) -> String? {
    guard let bytes = try? scratch.read(host.files, "cgroup", in: directory) else { return nil }
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
    let paths = lines.compactMap { $0.split(separator: ":", maxSplits: 2).last.map(String.init) }
    return paths.first { path in
      path.hasSuffix(".service")
        && !(path.split(separator: "/").last?.hasPrefix("user@") ?? false)
    }
  }

  /// All processes of a name: exact names first, else the pattern over whole command lines.
  ///
  /// perftop and those that started it carry the name in their own command line, and do not count.
  public func find(_ name: String) throws(AttachFailure) -> [Found] {
    let pattern = try Pattern(name)
    let own = ownFamily()
    var exact: [Int32] = []
    var loose: [Int32] = []
    for entry in (try? host.files.list("/proc", in: nil)) ?? [] {
      guard let pid = Int32(entry), !own.contains(pid) else { continue }
      switch closeness(pid, name, pattern) {
      case .exact: exact.append(pid)
      case .loose: loose.append(pid)
      case .none: continue
      }
    }
    var found: [Found] = []
    for pid in exact.isEmpty ? loose : exact {
      if let one = try? attach(pid) { found.append(one) }
    }
    return withoutDescendants(found)
  }

  private enum Closeness { case exact, loose, none }

  private func closeness(_ pid: Int32, _ name: String, _ pattern: borrowing Pattern) -> Closeness {
    let scratch = Scratch(size: TargetFinder.longestCommand)
    guard let bytes = try? scratch.read(host.files, "/proc/\(pid)/stat"),
      let stat = ProcessStat.parse(bytes), stat.state != "Z", stat.name.text != "perftop"
    else { return .none }
    if stat.name.text == name { return .exact }
    guard let command = try? scratch.read(host.files, "/proc/\(pid)/cmdline"), !command.isEmpty
    else { return pattern.matches(stat.name.text) ? .loose : .none }
    let words = command.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
    let baseNames = words.prefix(2).map { $0.split(separator: "/").last.map(String.init) ?? $0 }
    if baseNames.first == name { return .exact }
    return pattern.matches(words.joined(separator: " ")) ? .loose : .none
  }

  private func ownFamily() -> Set<Int32> {
    let scratch = Scratch(size: 4096)
    var family: Set<Int32> = []
    guard !host.isFixture else { return family }
    var pid = getpid()
    while pid > 1, family.insert(pid).inserted,
      let bytes = try? scratch.read(host.files, "/proc/\(pid)/stat"),
      let stat = ProcessStat.parse(bytes)
    { pid = stat.parent }
    return family
  }

  /// A child of a match is watched with its parent.
  func withoutDescendants(_ found: [Found]) -> [Found] {
    let pids = Set(found.map(\.handle.pid))
    return found.filter { !pids.contains($0.parent) }
  }
}

/// A regular expression of the C library's extended kind.
struct Pattern: ~Copyable {
  private var compiled = regex_t()

  init(_ text: String) throws(AttachFailure) {
    let status = regcomp(&compiled, text, REG_EXTENDED | REG_NOSUB)
    guard status == 0 else {
      var words = [CChar](repeating: 0, count: 128)
      regerror(status, &compiled, &words, words.count)
      let sentence = String(
        decoding: words.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
      throw .badPattern(Printable(text), Printable(sentence))
    }
  }

  func matches(_ text: String) -> Bool {
    withUnsafePointer(to: compiled) { regexec($0, text, 0, nil, 0) == 0 }
  }

  deinit {
    var compiled = compiled
    regfree(&compiled)
  }
}
