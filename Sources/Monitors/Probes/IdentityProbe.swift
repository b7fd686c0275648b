/// Reads who a process is: its command line and what it runs on.
///
/// The command line lies in the process's own memory, and reading it can hang with that; so a worker does it.
struct IdentityProbe: Probe {
  static let provenance = Provenance(
    name: "command line", reads: "/proc/PID/{cmdline,exe,maps}", microseconds: 20)

  struct Identity: Sendable, Equatable {
    var command: Printable
    var runtime: Printable
  }

  private static let longest = 4096
  private let worker: Worker<Identity>
  private var askedFor: Printable?
  private(set) var identity: Identity?

  init(inlineWorkers: Bool) { worker = Worker(name: "identity", isInline: inlineWorkers) }

  static func examine(_ host: Host, target: TargetHandle?) -> Absence? {
    do {
      let name = target == nil ? "/proc/self/cmdline" : "cmdline"
      _ = try Scratch(size: longest).read(host.files, name, in: target?.directory)
      return nil
    } catch { return error.absence() }
  }

  /// A name that changes means another program in the same process, or a new name; either is worth a look.
  mutating func update(_ handle: TargetHandle, name: Printable, _ host: Host, at moment: Moment) {
    collect()
    guard askedFor != name else { return }
    guard worker.start(at: moment, { IdentityProbe.look(handle, host.files) }) else { return }
    askedFor = name
    collect()
  }

  private mutating func collect() {
    if case .done(let found) = worker.poll() { identity = found }
  }

  static func look(_ handle: TargetHandle, _ files: any Files) -> Identity {
    Identity(
      command: command(handle.directory, files), runtime: runtime(handle.directory, files))
  }

  /// At most 4 KiB; a leader that has ended has no command line, but its threads do.
  static func command(_ directory: DirectoryHandle, _ files: any Files) -> Printable {
    let scratch = Scratch(size: longest)
    if let bytes = try? scratch.read(files, "cmdline", in: directory), !bytes.isEmpty {
      return joined(bytes)
    }
    for thread in ((try? files.list("task", in: directory)) ?? []).prefix(8) {
      if let bytes = try? scratch.read(files, "task/\(thread)/cmdline", in: directory),
        !bytes.isEmpty
      {
        return joined(bytes)
      }
    }
    return ""
  }

  private static func joined(_ bytes: UnsafeRawBufferPointer) -> Printable {
    var words = Array(bytes)
    while words.last == 0 { words.removeLast() }
    let text = Printable(bytes: words.map { $0 == 0 ? 32 : $0 })
    return bytes.count == longest ? "\(text)…" : text
  }

  private static func runtime(_ directory: DirectoryHandle, _ files: any Files) -> Printable {
    let program = (try? files.readLink("exe", in: directory)) ?? []
    let name = String(decoding: program.split(separator: 47).last ?? [], as: UTF8.self)
    let known: [(prefix: String, runtime: Printable)] = [
      ("python", "python"), ("pypy", "python"), ("java", "jvm"), ("node", "node"),
      ("dotnet", "dotnet"), ("ruby", "ruby"), ("perl", "perl"),
    ]
    if let match = known.first(where: { name.hasPrefix($0.prefix) }) { return match.runtime }
    return embedded(directory, files) ?? "native"
  }

  /// A program of its own that carries an interpreter shows it among its libraries.
  private static func embedded(_ directory: DirectoryHandle, _ files: any Files) -> Printable? {
    let scratch = Scratch(size: 1 << 18)
    guard let bytes = try? scratch.read(files, "maps", in: directory) else { return nil }
    let libraries: [(name: String, runtime: Printable)] = [
      ("/libjvm.so", "jvm"), ("/libpython", "python"), ("/libnode.so", "node"),
      ("/libcoreclr.so", "dotnet"),
    ]
    let text = String(decoding: bytes, as: UTF8.self)
    return libraries.first { library in text.contains(library.name) }?.runtime
  }
}
