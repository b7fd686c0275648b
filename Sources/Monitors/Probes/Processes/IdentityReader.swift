/// Finds out what a process runs; may wait for the process's memory lock.
struct IdentityReader: Sendable {
  let files: any Files
  let time: any TimeSource
  let handle: TargetHandle
  let name: Printable

  func read() -> ProcessIdentity {
    let (arguments, isCut) = self.arguments()
    let executable = (try? files.readLink("exe", in: handle.directory)).map {
      String(decoding: $0, as: UTF8.self)
    }
    let program = executable ?? arguments.first ?? name.text
    let command = CommandText.text(arguments, isCut: isCut)
    return ProcessIdentity(
      command: command.isEmpty ? "[\(name)]" : command,
      runtime: Runtime.ofProgram(program) ?? runtimeByLibraries() ?? "native")
  }

  /// The command line of a process whose leader has ended is that of any of its threads.
  func arguments() -> (list: [String], isCut: Bool) {
    let scratch = Scratch(size: CommandText.longest + 1)
    var bytes = try? scratch.read(files, "cmdline", in: handle.directory)
    if bytes?.isEmpty ?? true, let threads = try? files.list("task", in: handle.directory),
      let thread = threads.first(where: { $0 != String(handle.pid) })
    {
      bytes = try? scratch.read(files, "task/\(thread)/cmdline", in: handle.directory)
    }
    guard let bytes else { return ([], false) }
    let kept = UnsafeRawBufferPointer(rebasing: bytes.prefix(CommandText.longest))
    return (CommandText.arguments(kept), bytes.count > kept.count)
  }

  private func runtimeByLibraries() -> Printable? {
    let patience: Int64 = 100_000_000
    let pieces = PieceReader(
      files: files, time: time,
      deadline: Moment(nanoseconds: time.now().nanoseconds + patience))
    var found: Printable?
    var last: Printable = ""
    _ = try? pieces.lines("maps", in: handle.directory, piece: 4096) { line in
      guard found == nil, let region = MappedRegion.parse(line), region.kind == .file,
        region.path != last
      else { return }
      last = region.path
      found = Runtime.ofLibrary(region.path.text)
    }
    return found
  }
}

/// Recognises what programs run in.
enum Runtime {
  /// By the program's own file; `nil` where that says nothing.
  static func ofProgram(_ path: String) -> Printable? {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    if name.hasPrefix("python") || name.hasPrefix("pypy") { return "python" }
    switch name {
    case "java", "javaw": return "jvm"
    case "node", "nodejs": return "node"
    case "dotnet": return "dotnet"
    case "ruby": return "ruby"
    case "perl": return "perl"
    case "bun", "deno": return Printable(name)
    default: return nil
    }
  }

  /// By a library it has loaded.
  static func ofLibrary(_ path: String) -> Printable? {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    if name.hasPrefix("libjvm.so") { return "jvm" }
    if name.hasPrefix("libcoreclr.so") { return "dotnet" }
    if name.hasPrefix("libpython") { return "python" }
    if name.hasPrefix("libnode.so") { return "node" }
    return nil
  }
}
