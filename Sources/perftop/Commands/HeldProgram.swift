import Monitors

/// A launched program in the hands of the screen, which may outlast it.
@MainActor
final class HeldProgram {
  private(set) var program: LaunchedProgram

  init(_ program: LaunchedProgram) { self.program = program }

  /// The same for the loop; its end is noted when the loop hears of it.
  func watched(_ found: TargetHandle, _ launch: Invocation.Launch, time: any TimeSource)
    -> WatchedProgram
  {
    let file = launch.command.first?.split(separator: "/").last.map(String.init) ?? ""
    let key = ProcessKey(pid: found.pid, startTicks: found.startTicks)
    return WatchedProgram(descriptor: program.descriptor, key: key) { [self] in
      let end = program.wait()
      program.endedAt = time.now()
      return "\(Printable(file)) \(String(key.pid)) has ended: \(end.words)"
    }
  }
}
