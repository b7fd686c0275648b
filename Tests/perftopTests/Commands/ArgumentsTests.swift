import Monitors
import Testing

@testable import perftop

@Suite("The command line")
struct ArgumentsTests {
  typealias Task = Invocation.Task
  typealias Targets = Invocation.Targets
  typealias Output = Invocation.Output
  typealias Check = Invocation.Check

  static let tasks: [(String, Task)] = [
    ("", .watch(Targets())),
    ("-p 1", .watch(Targets(pids: [1]))),
    ("-p1,2", .watch(Targets(pids: [1, 2]))),
    ("-p 1 -p 2 --pid=2", .watch(Targets(pids: [1, 2]))),
    ("--pid 7", .watch(Targets(pids: [7]))),
    ("-n collector", .watch(Targets(name: "collector"))),
    ("--name=ros.*node", .watch(Targets(name: "ros.*node"))),
    ("snapshot", .snapshot(Targets(), Output())),
    ("snapshot --json -p 1", .snapshot(Targets(pids: [1]), Output(format: .json))),
    ("-p 1 snapshot --json", .snapshot(Targets(pids: [1]), Output(format: .json))),
    ("--json -p 1 snapshot", .snapshot(Targets(pids: [1]), Output(format: .json))),
    ("snapshot --jsonl", .snapshot(Targets(), Output(format: .jsonLines, count: nil))),
    ("snapshot --jsonl --count 3", .snapshot(Targets(), Output(format: .jsonLines, count: 3))),
    ("check", .check(Targets(), Check())),
    (
      "check --for 30s -p 1 --fail-on Warning",
      .check(Targets(pids: [1]), Check(seconds: 30, failOn: .warning))
    ),
    ("snapshot --count=5", .snapshot(Targets(), Output(count: 5))),
    ("doctor", .doctor(Targets())),
    ("doctor -p 4", .doctor(Targets(pids: [4]))),
    ("demo", .demo(seconds: nil)),
    ("demo --seconds 30", .demo(seconds: 30)),
    ("-- sleep 3", .launch(.init(command: ["sleep", "3"]))),
    ("-- ls -- --help", .launch(.init(command: ["ls", "--", "--help"]))),
    ("--kill-on-exit -- a", .launch(.init(command: ["a"], endsWithPerftop: true))),
    ("--as-root -- a", .launch(.init(command: ["a"], keepsRoot: true))),
    ("--help", .help(nil)), ("-h", .help(nil)), ("help", .help(nil)),
    ("-p 1 --help", .help(nil)), ("snapshot --help", .help(.snapshot)),
    ("--help demo", .help(.demo)), ("help doctor", .help(.doctor)),
    ("help launch", .help(.launch)), ("--help -- ls", .help(.launch)),
    ("--version", .version), ("-V", .version), ("--reset-terminal", .resetTerminal),
    ("keep --end -- a", .keep(["--end", "--", "a"])), ("robot /tmp/x", .robot(["/tmp/x"])),
  ]

  @Test("each command line means what it says", arguments: tasks)
  func understands(_ line: String, _ task: Task) throws {
    #expect(try parse(line).task == task)
  }

  @Test("options mean the same before and after the command")
  func options() throws {
    for line in [
      "--delay=2 --theme night --themes-dir /t --palette 256 --ascii --readonly demo",
      "demo --readonly --ascii --palette=256 --themes-dir=/t --theme=night -d2",
    ] {
      let options = try parse(line).options
      #expect(options.delay == 2)
      #expect(options.theme == "night")
      #expect(options.themesDirectory == "/t")
      #expect(options.colours == .many)
      #expect(options.isASCII)
      #expect(options.isReadOnly)
      #expect(options.includesChildren)
    }
    #expect(try parse("--sysroot /fixture --no-children -p 1").options.sysroot == "/fixture")
    #expect(try !parse("--no-children -p 1").options.includesChildren)
    #expect(try parse("--palette truecolor --no-color").options.colours == .off)
    #expect(try parse("").options == Invocation.Options())
  }

  @Test(
    "times are digits with one point, in any locale",
    arguments: [
      ("0.5", 0.5), (".5", 0.5), ("2", 2), ("2.", 2), ("2s", 2), ("500ms", 0.5), ("10ms", 0.01),
      ("0.01", 0.01), ("1.5s", 1.5), ("007", 7), ("86400", 86400),
    ])
  func delays(_ text: String, _ seconds: Double) throws {
    #expect(try parse("-d \(text)").options.delay == seconds)
    #expect(try parse("-d\(text)").options.delay == seconds)
    #expect(try parse("--delay=\(text)").options.delay == seconds)
  }

  @Test("the last of several delays counts")
  func lastCounts() throws { #expect(try parse("-d 1 -d 3").options.delay == 3) }

  static let mistakes: [(String, String, String)] = [
    ("-d 1e400", "--delay: '1e400' is not a time", "0.5"),
    ("-d nan", "--delay: 'nan' is not a time", "0.5"),
    ("-d inf", "--delay: 'inf' is not a time", "0.5"),
    ("-d -1", "--delay: '-1' is not a time", "0.5"),
    ("-d 0,5", "--delay: '0,5' is not a time", "0.5"),
    ("-d .", "--delay: '.' is not a time", "0.5"),
    ("-d 1.2.3", "--delay: '1.2.3' is not a time", "0.5"),
    ("-d 0x10", "--delay: '0x10' is not a time", "0.5"),
    ("-d ٣", "--delay: '٣' is not a time", "0.5"),
    ("-d 0", "--delay: '0' is too short", "10ms"),
    ("-d 9ms", "--delay: '9ms' is too short", "10ms"),
    ("-d 999999999", "--delay: '999999999' is too long", "86400"),
    ("--delay", "--delay: needs a value", "--delay SECONDS"),
    ("-p", "-p: needs a value", "-p PID"),
    ("-p -n x", "-p: needs a value", "-p PID"),
    ("-p 0", "--pid: '0' is not a process id", "-p 812,1034"),
    ("-p -5", "--pid: '-5' is not a process id", "-p 812,1034"),
    ("-p 1,", "--pid: '' is not a process id", "-p 812,1034"),
    ("-p 99999999999", "--pid: '99999999999' is not a process id", "-p 812,1034"),
    ("-p python", "--pid: 'python' is not a process id", "perftop -n python"),
    ("-p 1 2", "2: unknown command", "-p 1,2"),
    ("-p 1 -n x", "--name: does not go with --pid", "by number or by name"),
    ("--name=", "--name: empty", "--name NAME"),
    ("1234", "1234: unknown command", "perftop -p 1234"),
    ("snapshto", "snapshto: unknown command", "did you mean perftop snapshot?"),
    ("frobnicate", "frobnicate: unknown command", "perftop -n NAME"),
    ("demo extra", "extra: one word too many", "--help"),
    ("--delya 2", "--delya: unknown option", "did you mean --delay?"),
    ("--reed-only", "--reed-only: unknown option", "did you mean --readonly?"),
    ("--frobnicate", "--frobnicate: unknown option", "perftop --help"),
    ("-x", "-x: unknown option", "perftop --help"),
    ("--ascii=1", "--ascii: takes no value", "write --ascii alone"),
    ("--palette 15", "--palette: there is no palette '15'", "truecolor, 256, 16, 8, off"),
    ("check --for soon", "--for: 'soon' is not a time", "500ms"),
    ("check --fail-on loud", "--fail-on: there is no severity 'loud'", "critical"),
    ("snapshot --for 3", "--for: not an option of snapshot", "--help"),
    ("snapshot --count 0", "--count: '0' is not a count", "from 1"),
    ("snapshot --count x", "--count: 'x' is not a count", "from 1"),
    ("demo --seconds 0", "--seconds: '0' is too short", "10ms"),
    ("--json", "--json: an option of snapshot", "perftop snapshot --json"),
    ("demo -p 1", "--pid: not an option of demo", "perftop demo --help"),
    ("--kill-on-exit -p 1", "--kill-on-exit: needs a program", "--kill-on-exit -- COMMAND"),
    ("-p 1 -- ls", "--pid: does not go with -- COMMAND", "one at a time"),
    ("demo -- ls", "demo: does not launch programs", "perftop -- COMMAND"),
    ("--", "--: no program after it", "perftop -- COMMAND"),
    ("--config", "--config: needs a value", "--config FILE"),
    ("--config= snapshot", "--config: empty", "--config FILE"),
    ("doctor --config f", "--config: not an option of doctor", "perftop doctor --help"),
    ("config --config a check b", "--config: does not go with check FILE", "one file"),
    ("config chekc", "chekc: not a question about the settings", "perftop config check?"),
    ("config check a b", "b: one word too many", "perftop config --help"),
    ("config path a", "a: one word too many", "perftop config --help"),
    ("--plain", "--plain: not in this version", "leave it out"),
    ("help frob", "frob: no help about this", "perftop --help"),
    ("help record", "record: not in this version", "this version has"),
  ]

  @Test("each mistake has a sentence and an answer", arguments: mistakes)
  func explains(_ line: String, _ sentence: String, _ advice: String) {
    let error = mistake(line)
    let said = "\(error?.what ?? ""): \(error?.why ?? "")"
    #expect(said.hasPrefix(sentence), "said: \(said)")
    #expect(error?.advice.text.contains(advice) == true)
  }

  // Swift 6.0 crashes on a closure among the arguments of a test.
  private static let laterCommands = CommandName.allCases.filter { $0.standing == .later }

  @Test(
    "a command of a later version is named as one, whatever its options",
    arguments: laterCommands)
  func later(_ command: CommandName) {
    let error = mistake("\(command.rawValue) --from yesterday -o file")
    #expect(error?.lines.hasPrefix("perftop: \(command.rawValue): not in this version\n") == true)
    #expect(
      error?.advice
        == "this version has -p, -n, -- COMMAND, demo, snapshot, check, send, doctor, config, help, analyze, themes, alerts"
    )
  }

  @Test("config has three questions, the first of which is where the file is")
  func config() throws {
    #expect(try parse("config").task == .config(.path))
    #expect(try parse("config path").task == .config(.path))
    #expect(try parse("config defaults").task == .config(.defaults))
    #expect(try parse("config check").task == .config(.check(nil)))
    #expect(try parse("config check a.yaml").task == .config(.check("a.yaml")))
    #expect(try parse("--config b.yaml config check").options.config == "b.yaml")
    #expect(try parse("-p 1 --config b.yaml").options.config == "b.yaml")
  }

  @Test("B2: an argument with escapes is shown without them")
  func cleansEscapes() {
    let error = mistake("--\u{1b}]52;c;aGFja2Vk\u{7}")
    #expect(error?.lines.utf8.allSatisfy { $0 >= 0x20 || $0 == 0x0a } == true)
    #expect(error?.lines.split(separator: "\n").count == 2)
  }

  @Test("no line of words can stop the parser")
  func survivesAnything() {
    let pieces = [
      "-", "--", "-p", "=", "", "--pid=", "-d.", "é", "\u{0}", "demo", "1", "-hV", "--=x",
    ]
    for first in pieces {
      for second in pieces {
        for third in pieces { _ = try? Arguments.parse([first, second, third]) }
      }
    }
    #expect((try? Arguments.parse(["-hV"]))?.task == .version)
  }

  private func parse(_ line: String) throws(UsageError) -> Invocation {
    try Arguments.parse(line.split(separator: " ").map(String.init))
  }

  private func mistake(_ line: String) -> UsageError? {
    do throws(UsageError) {
      _ = try parse(line)
      return nil
    } catch {
      return error
    }
  }
}
