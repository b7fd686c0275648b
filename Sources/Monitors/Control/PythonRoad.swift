import Glibc

/// Into CPython 3.14 by the interface its own debugger uses: the interpreter is told of a script, and runs it itself.
///
/// The process is neither stopped nor traced.
struct PythonRoad: Road {
  let name: Printable = "remote debugging"

  func take(_ errand: Errand) throws(RoadFailure) -> Achievement {
    let runtime = try runtime(of: errand)
    let thread = try runtime.mainThread()
    guard thread.number == errand.standing.ownNumber else {
      throw .cannot("its main thread is not where the interpreter says it is")
    }
    let script = try PythonScript(errand)
    defer { script.remove() }
    return try run(script, on: runtime, first: thread, errand)
  }

  private func runtime(of errand: Errand) throws(RoadFailure) -> PythonRuntime {
    let program = (try? errand.host.files.readLink("exe", in: errand.target.handle.directory)) ?? []
    let own = String(decoding: program, as: UTF8.self)
    let regions = try errand.target.regions { $0.contains("python") || own.hasSuffix("/\($0)") }
    guard regions.contains(where: { $0.path.text.contains("python") }) else {
      throw .unfit("no CPython")
    }
    let memory: LiveTargetMemory
    do throws(SystemError) {
      memory = try LiveTargetMemory(of: errand.target.handle.directory)
    } catch {
      throw RoadFailure(
        error, needs: PythonRoad.rights(errand.host), doing: "opening its memory")
    }
    return try PythonRuntime(memory: memory, regions: regions.filter(\.isWritable))
  }

  /// Yama may keep to parents what otherwise the same user may do.
  private static func rights(_ host: Host) -> Printable {
    let scope = try? host.files.parsed("/proc/sys/kernel/yama/ptrace_scope") { $0.trimmed }
    guard let scope, scope != "0" else { return Target.rights }
    return "CAP_SYS_PTRACE, since kernel.yama.ptrace_scope is \(scope)"
  }

  /// The main thread first; where it does not get to it soon, whichever comes first, and it runs once.
  private func run(
    _ script: PythonScript, on runtime: PythonRuntime, first: PythonThread, _ errand: Errand
  ) throws(RoadFailure) -> Achievement {
    let time = errand.host.time
    let began = time.now()
    var armed = [first]
    try runtime.arm(first, path: script.path)
    var hasAll = false
    while !script.hasBegun {
      let waited = time.now().seconds(since: began)
      if waited > PythonRoad.patience || errand.isLate {
        guard try disarm(armed, runtime, script, errand) else {
          throw .cannot(try idle(errand))
        }
        break
      }
      if waited > PythonRoad.patienceWithMain, !hasAll {
        hasAll = true
        for thread in runtime.otherThreads(than: first) {
          try runtime.arm(thread, path: script.path)
          armed.append(thread)
        }
      }
      time.wait(nanoseconds: 1_000_000)
      _ = try errand.target.standing()
    }
    for thread in armed { runtime.disarm(thread) }
    return try result(script, errand)
  }

  private static let patience = 2.0
  private static let patienceWithMain = 0.2

  /// Takes the request back; whether it has begun all the same.
  private func disarm(
    _ threads: [PythonThread], _ runtime: PythonRuntime, _ script: PythonScript, _ errand: Errand
  ) throws(RoadFailure) -> Bool {
    for thread in threads { runtime.disarm(thread) }
    // Who has read the request already opens the script within this time.
    errand.host.time.wait(nanoseconds: 20_000_000)
    return script.hasBegun
  }

  private func idle(_ errand: Errand) throws(RoadFailure) -> Printable {
    let directory = errand.target.handle.directory
    let name = (try? errand.host.files.parsed("wchan", in: directory) { $0.trimmed }) ?? ""
    let known = name.isEmpty || name == "0" ? "" : " (\(name))"
    return "it waits\(known), and Python runs nothing until it wakes: not delivered"
  }

  private func result(_ script: PythonScript, _ errand: Errand) throws(RoadFailure) -> Achievement {
    while !errand.isLate {
      if let result = script.result {
        return Achievement(
          lead: Plural.words(result.objects, "object"), seconds: result.seconds)
      }
      errand.host.time.wait(nanoseconds: 2_000_000)
      _ = try errand.target.standing()
    }
    throw .failed("it began to collect and has not finished in time")
  }
}
