import Monitors

@main
enum Perftop {
  static func main() {
    OwnProgram.prepare()
    StandardStream.fillGaps()
    let words = ProgramArguments.bytes.dropFirst()
    let status: Int32
    do throws(UsageError) {
      let invocation = try Arguments.parse(words.map { String(decoding: $0, as: UTF8.self) })
      status = MainActor.assumeIsolated { run(invocation) }
    } catch {
      try? StandardStream.error.write(error.lines)
      status = UsageError.exitStatus
    }
    OwnProgram.leave(status)
  }

  @MainActor
  private static func run(_ invocation: Invocation) -> Int32 {
    if let sysroot = invocation.options.sysroot, let lack = Session.lack(of: sysroot) {
      return Session.complain(lack.lines, UsageError.exitStatus)
    }
    let host = invocation.options.sysroot.map(Host.fixture) ?? Host.live()
    switch invocation.task {
    case .help(let topic): return Session.say(Usage.text(topic))
    case .version: return Session.say("perftop \(Version.number)\n")
    case .keep: return Keeper.run(Array(ProgramArguments.bytes.dropFirst(2)), host: host)
    case .robot(let arguments): return Robot.run(arguments, host: host)
    case .config(let question):
      return Session.config(question, host: host, options: invocation.options)
    case .analyze(let request):
      return Session.analyze(request, host: host, options: invocation.options)
    // What the list alone can answer is answered whatever the settings are.
    case .alerts(let request) where request.wish != .figures:
      return Session.alerts(request, host: host, options: invocation.options)
    case .resetTerminal: return resetTerminal()
    default: break
    }
    do throws(UsageError) {
      return perform(invocation.task, try Session(host: host, options: invocation.options))
    } catch { return Session.complain(error.lines, UsageError.exitStatus) }
  }

  /// What goes by the settings.
  @MainActor
  private static func perform(_ task: Invocation.Task, _ session: Session) -> Int32 {
    switch task {
    case .launch(let launch): session.launch(launch)
    case .demo(let seconds): session.demo(seconds: seconds)
    case .watch(let targets): session.watch(targets)
    case .snapshot(let targets, let output): session.snapshot(targets, output)
    case .check(let targets, let wish): session.check(targets, wish)
    case .send(let wish): session.send(wish)
    case .doctor(let targets): session.doctor(targets)
    case .themes(let request): session.themes(request)
    case .alerts(let request): session.figures(of: request)
    case .testChannels(let name, let isJSON): session.testChannels(name, isJSON: isJSON)
    default: UsageError.exitStatus
    }
  }

  /// A pipe gets no escapes; the modes are those of the terminal it is typed at.
  @MainActor
  private static func resetTerminal() -> Int32 {
    TerminalReset.repairModes()
    return StandardStream.output.isTerminal ? Session.say(TerminalReset.sequence) : 0
  }
}
