import TestSupport
import Testing

@Suite("Completion in real shells")
struct CompletionShellTests {
  private static let folder = Checkout.root + "/completions"
  /// Beside the binary, so that `perftop` is the one that was built.
  private static let search = [
    "PATH": BuiltProgram.path.split(separator: "/").dropLast().reduce("") { "\($0)/\($1)" }
      + ":/usr/local/bin:/usr/bin:/bin"
  ]
  /// A name that would do something if it were ever evaluated.
  private static let trap = "$(kill $PPID)"

  private func bash(_ words: String...) -> [String] {
    let script = """
      source '\(Self.folder)/perftop.bash'; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMP_TYPE=9
      COMPREPLY=(); _perftop; printf '%s\\n' "${COMPREPLY[@]}"
      """
    let run = ProgramRun(
      ["bash", "-c", script, "bash", "perftop"] + words, environment: Self.search)
    #expect(run.errors.isEmpty, "\(run.errors)")
    return run.output.split(separator: "\n").map(String.init)
  }

  private func fish(_ line: String) -> [String] {
    let script = "source '\(Self.folder)/perftop.fish'; complete -C $argv[1]"
    let run = ProgramRun(
      ["fish", "--no-config", "-c", script, "perftop \(line)"],
      environment: Self.search.merging(["HOME": "/tmp"]) { $1 })
    #expect(run.errors.isEmpty, "\(run.errors)")
    return run.output.split(separator: "\n").compactMap { $0.split(separator: "\t").first }
      .map(String.init)
  }

  @Test("bash: commands, options and values", .needs(.program("bash")))
  func bashWords() {
    #expect(bash("sna") == ["snapshot"])
    #expect(bash("snapshot", "--js") == ["--json", "--jsonl"])
    #expect(!bash("demo", "--").contains("--json"))
    #expect(bash("--palette", "=", "t") == ["truecolor"])
    #expect(bash("--palette=t") == ["--palette=truecolor"])
    #expect(bash("-n", "demo", "doc") == ["doctor"])
    #expect(bash("--sysroot", "/pro") == ["/proc"])
    #expect(bash("help", "d").contains("demo"))
    #expect(bash("--", "ls", "/pro") == ["/proc"])
    #expect(bash("nowhere", "to", "") == [])
  }

  @Test("bash: processes by number and by name, whatever they are called", .needs(.program("bash")))
  func bashProcesses() throws {
    let target = try #require(Specimen(tool: "named", Self.trap))
    let pid = "\(target.pid)"
    #expect(bash("-p", pid) == [pid])
    #expect(bash("-p", "1,\(pid)") == ["1,\(pid)"])
    #expect(bash("-p\(pid)") == ["-p\(pid)"])
    #expect(bash("-p", "").contains("\(pid)  (\(Self.trap))"))
    #expect(bash("-n", "\\$\\(ki") == ["\\$\\(kill\\ \\$PPID\\)"])
  }

  @Test("fish: commands, options, values and processes", .needs(.program("fish")))
  func fishWords() throws {
    let target = try #require(Specimen(tool: "named", Self.trap))
    #expect(fish("sna") == ["snapshot"])
    #expect(Set(fish("snapshot --js")) == ["--json", "--jsonl"])
    #expect(!fish("demo --").contains("--json"))
    #expect(fish("--palette=t") == ["--palette=truecolor"])
    #expect(fish("-n demo doc") == ["doctor"])
    #expect(fish("-p \(target.pid)") == ["\(target.pid)"])
    #expect(fish("-p 1,\(target.pid)") == ["1,\(target.pid)"])
    #expect(fish("-n \\$\\(ki") == [Self.trap])
    #expect(fish("nowhere to ") == [])
    #expect(fish("-d 1 -- ls /pro") == ["/proc/"])
  }

  @Test("zsh: commands, options, values and processes", .needs(.program("zsh")))
  func zshWords() throws {
    let target = try #require(Specimen(tool: "named", Self.trap))
    let session = try Session(["zsh", "-f"], columns: 100, rows: 40, environment: Self.search)
    session.press(
      "PS1='> '; fpath=(\(Self.folder) $fpath); autoload -U compinit; compinit -u -D; clear; echo rea'd'y\n"
    )
    try #require(session.sees("ready"))
    for (typed, seen) in [
      ("sna", "snapshot"), ("--pal", "--palette="), ("--palette=t", "--palette=truecolor"),
      ("-p \(target.pid)", "-p \(target.pid)"), ("-n \\$\\(ki", "-n \\$\\(kill\\ \\$PPID\\)"),
      ("-n demo doc", "-n demo doctor"), ("-- pwd --he", "-- pwd --he"),
    ] {
      session.press("perftop \(typed)\t")
      #expect(
        session.sees(within: 3) { $0.text.contains("> perftop \(seen)") }, "\(session.screen.text)")
      session.press("\u{15}")
    }
    session.press("exit\n")
    #expect(session.ends(within: 3) != nil)
  }
}
