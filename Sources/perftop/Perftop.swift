import Monitors

@main
enum Perftop {
  static func main() {
    StandardStream.fillGaps()
    let words = ProgramArguments.bytes.dropFirst()
    let host = Host.live()
    let status: Int32
    do throws(UsageError) {
      let invocation = try Arguments.parse(words.map { String(decoding: $0, as: UTF8.self) })
      status = run(invocation, host: host)
    } catch {
      try? StandardStream.error.write(error.lines)
      status = UsageError.exitStatus
    }
    ProgramEnd.leave(status)
  }

  private static func run(_ invocation: Invocation, host: Host) -> Int32 {
    switch invocation.task {
    case .help(let topic): print(Usage.text(topic))
    case .version: print("perftop \(Version.number)\n")
    case .keep: Keeper.run(Array(ProgramArguments.bytes.dropFirst(2)), host: host)
    case .robot(let arguments): Robot.run(arguments, host: host)
    case .launch(let launch): LaunchCommand.run(launch, host: host)
    case .demo(let seconds): DemoCommand.run(seconds: seconds, host: host)
    case .watch: unwired(.watch)
    case .snapshot: unwired(.snapshot)
    case .doctor: unwired(.doctor)
    case .resetTerminal: unwired(.watch)
    }
  }

  /// A text that can not be written is a failure: a full disk must not look like success.
  private static func print(_ text: String) -> Int32 {
    do throws(SystemError) {
      try StandardStream.output.write(text)
      return 0
    } catch {
      try? StandardStream.error.write("perftop: standard output: \(error.sentence)\n")
      return 1
    }
  }

  private static func unwired(_ command: CommandName) -> Int32 {
    try? StandardStream.error.write("perftop: \(command.rawValue): not wired\n")
    return 1
  }
}
