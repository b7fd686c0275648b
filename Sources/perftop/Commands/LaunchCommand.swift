import Monitors

/// `perftop -- COMMAND`: starts a program, and passes its status on.
enum LaunchCommand {
  /// Launches; `watch` shows the program until it ends, or answers `nil` when the person leaves before.
  static func run(
    _ launch: Invocation.Launch, host: Host,
    watch: (inout LaunchedProgram) -> ProcessEnd? = { $0.wait() }
  ) -> Int32 {
    let started = host.time.now()
    do throws(LaunchError) {
      var program = try start(launch)
      say(notes(on: program), on: .error)
      guard let end = watch(&program) else {
        program.leave()
        say(farewell(program, launch), on: .output)
        return 0
      }
      let ended = program.endedAt ?? host.time.now()
      let seconds = ended.seconds(since: started)
      say(lastWord(on: program, end, seconds: seconds), on: .output)
      program.leave()
      return end.exitStatus
    } catch {
      say(error.lines, on: .error)
      return error.exitStatus
    }
  }

  /// The program's words are taken as they came, byte by byte.
  private static func start(_ launch: Invocation.Launch) throws(LaunchError) -> LaunchedProgram {
    var options = Launcher.Options()
    options.endsWithWatcher = launch.endsWithPerftop
    options.keepsRoot = launch.keepsRoot
    let command = ProgramArguments.bytes.suffix(launch.command.count)
    return try Launcher.start(command: Array(command), options: options)
  }

  private static func say(_ text: String, on stream: StandardStream) {
    if !text.isEmpty { try? stream.write(text) }
  }

  /// What differs from what one might expect.
  static func notes(on program: LaunchedProgram) -> String {
    var lines = ""
    if let user = program.user {
      lines += "perftop: running as \(user), not as root; --as-root keeps root\n"
    }
    if program.logPath == nil {
      lines += "perftop: \(program.pid): its output is not kept: no private directory for it\n"
    }
    return lines
  }

  /// What is said when the program has ended.
  static func lastWord(on program: LaunchedProgram, _ end: ProcessEnd, seconds: Double) -> String {
    "perftop: \(program.pid) \(end.words) after \(Units.span(seconds: seconds))\(place(program))\n"
  }

  /// What is said when the person leaves and the program goes on.
  static func farewell(_ program: LaunchedProgram, _ launch: Invocation.Launch) -> String {
    if launch.endsWithPerftop { return "perftop: \(program.pid) is being ended\(place(program))\n" }
    return "perftop: \(program.pid) goes on; watch it again with: perftop -p \(program.pid)"
      + "\(place(program))\n"
  }

  private static func place(_ program: LaunchedProgram) -> String {
    let log = program.logPath.map { Printable($0) }
    guard let lost = program.lost else { return log.map { "; output in \($0)" } ?? "" }
    guard let log else { return "; its output could not be kept: \(lost.sentence)" }
    return "; output in \(log), but not all of it could be kept: \(lost.sentence)"
  }
}
