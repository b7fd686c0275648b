import Glibc
import TestSupport
import Testing

@Suite("Settings of the real program")
struct ConfigSessionTests {
  private let directory: TemporaryDirectory
  private let path: String

  init() throws {
    directory = try TemporaryDirectory()
    path = "\(directory.path)/config.yaml"
  }

  private func write(_ text: String, to path: String? = nil) {
    let descriptor = open(path ?? self.path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    let bytes = Array(text.utf8)
    _ = Glibc.write(descriptor, bytes, bytes.count)
    close(descriptor)
  }

  @Test("check prints what is wrong and ends with 2, or says that all is well")
  func check() {
    write("\nmemory:\n  warning_treshold: 0.5\n")
    let wrong = ProgramRun(["perftop", "config", "check", path])
    #expect(wrong.code == 2)
    #expect(
      wrong.output
        == "\(path):3: memory.warning_treshold: unknown key (did you mean warning_threshold?)\n")
    write("memory:\n  warning_threshold: 0.5\n")
    let right = ProgramRun(["perftop", "config", "check", path])
    #expect(right.code == 0 && right.output == "\(path): ok, 1 setting\n")
  }

  @Test("check tells what is wrong with the theme's file that the settings name")
  func themeFile() {
    let theme = "\(directory.path)/odd.theme"
    write("theme[main_bg]=\"#101010\"\ntheme[main_fg]=\"#mauve\"\n", to: theme)
    write("theme: \(theme)\n")
    let run = ProgramRun(["perftop", "config", "check", path])
    #expect(run.code == 2)
    #expect(run.output.hasPrefix("\(path):1: theme: odd: line 2: main_fg: #mauve is no colour"))
  }

  @Test("what defaults prints is a file that passes the check, and changes nothing")
  func defaults() {
    let printed = ProgramRun(["perftop", "config", "defaults"])
    #expect(printed.code == 0 && printed.errors.isEmpty)
    write(printed.output)
    #expect(ProgramRun(["perftop", "--config", path, "config", "check"]).code == 0)
  }

  @Test("a snapshot warns on standard error, and its output stays what it was")
  func snapshot() {
    write("interval: 0.05\nfoo: 1\n")
    let run = ProgramRun(["perftop", "--config", path, "snapshot", "--json"])
    #expect(run.code == 0)
    #expect(run.errors == "\(path):2: foo: unknown key\n")
    #expect(run.output.hasPrefix("{") && run.output.contains("\"interval"))
  }

  @Test("a file that was named and is not there ends it with 2 and a sentence")
  func missing() {
    let option = ProgramRun(["perftop", "--config", "/nonexistent.yaml", "snapshot"])
    #expect(option.code == 2 && option.complainsProperly)
    let variable = ProgramRun(
      ["perftop", "snapshot"], environment: ["PERFTOP_CONFIG": "/nonexistent.yaml"])
    #expect(variable.code == 2 && variable.complainsProperly)
    #expect(variable.errors.contains("PERFTOP_CONFIG"))
  }

  @Test("F1: files in the current directory are not read, with HOME and without")
  func currentDirectory() {
    for name in ["config.yaml", "perftop.yaml", ".perftoprc"] {
      write("foo: 1\n", to: "\(directory.path)/\(name)")
    }
    let inside = ["sh", "-c", "cd \"$1\" && exec \"$2\" -d 10ms snapshot", "sh", directory.path]
    for home in ["", ".", "/nonexistent"] {
      let run = ProgramRun(inside + [BuiltProgram.path], environment: ["HOME": home])
      #expect(run.code == 0)
      #expect(run.errors.isEmpty)
    }
  }

  @Test("F4: a FIFO, an endless device and a bomb as config stop nothing")
  func odd() {
    #expect(mkfifo("\(directory.path)/fifo", 0o600) == 0)
    write("a: &a [x]\nb: &b [*a,*a]\n")
    for path in ["\(directory.path)/fifo", "/dev/zero", path] {
      let run = ProgramRun(["perftop", "--config", path, "-d", "10ms", "snapshot"])
      #expect(run.code == 0, "\(path)")
      #expect(run.errors.split(separator: "\n").count == 1)
    }
  }

  @Test("the signal that has settings read again ends nothing that has no screen")
  func signalled() {
    let script = """
      "$1" -d 0.1 snapshot --jsonl --count 8 > "$2" & child=$!
      while [ ! -s "$2" ]; do sleep 0.05; done
      kill -USR2 $child
      wait $child && cat "$2"
      """
    let run = ProgramRun(["sh", "-c", script, "sh", BuiltProgram.path, "\(directory.path)/sent"])
    #expect(run.code == 0)
    #expect(run.output.split(separator: "\n").count == 8)
  }

  @Test("the screen starts with a bad file, says what is wrong, and takes a good one on SIGUSR2")
  func live() throws {
    write("interval: 0.2\nmemory:\n  max_bg: 1\n")
    let session = try Session(["perftop", "--config", path, "-p", "1"])
    #expect(session.sees("config.yaml:3: memory.max_bg: unknown key (did you mean max_gb?)"))
    #expect(session.sees("Memory"))
    session.press("?")
    #expect(session.sees("Settings that are not obeyed"))
    session.press("q6\r")
    #expect(session.sees("51 rules watch"))
    let good = "interval: 0.2\nkeys:\n  focus-thermal: x\nalerts:\n  disabled: [disk-low]\n"
    write(good, to: "\(path).new")
    #expect(rename("\(path).new", path) == 0)
    session.child.signal(SIGUSR2)
    #expect(session.sees("config.yaml read again, 3 settings"))
    #expect(session.sees("50 rules watch"))
    write("interval: 0.2\nkeys:\n  focus-thermal: ctrl-a\n")
    session.child.signal(SIGUSR2)
    #expect(session.sees("config.yaml:3: keys.focus-thermal: "))
    #expect(session.sees("the settings stay as they were"))
    session.press("q")
    #expect(session.ends(within: 3)?.code == 0)
    #expect(session.isRestored)
  }

  @Test(
    "F7: a file that is rewritten all the time, in halves, while it is read again, stops nothing")
  func storm() throws {
    let text = "interval: 0.1\nmemory:\n  max_gb: 3\nthermal:\n  warning_celsius: 60\n"
    write(text)
    let session = try Session(["perftop", "--config", path, "-p", "1"])
    #expect(session.sees("Memory"))
    for round in 0..<600 {
      write(String(text.prefix(round % text.count)))
      if round % 3 == 0 { session.child.signal(SIGUSR2) }
      if round % 20 == 0 { session.watch(for: 0.01) }
    }
    write(text)
    session.watch(for: 0.1)
    session.child.signal(SIGUSR2)
    #expect(session.sees("config.yaml read again, 3 settings"))
    session.press("q")
    #expect(session.ends(within: 3)?.code == 0)
  }
}
