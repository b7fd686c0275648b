import TestSupport
import Testing

@Suite("Names that would rather be commands")
struct HostileTextTests {
  static let names = [
    "\u{1b}]0;PWN\u{7}\u{1b}[2J", "\u{1b}[31mred", "a) R 1 1 1 1 1", "x\ny 9 9", "\r\u{8}\u{7f}",
    "\u{9b}31m", "\u{202e}reversed", "ｗｉｄｅ", "   ", "e\u{301}\u{301}\u{301}\u{301}",
  ]

  private func expectClean(_ session: Session) {
    #expect(session.screen.controls.subtracting(ownControls) == [])
    #expect(!session.screen.strings.contains { $0.contains("PWN") })
    // CAN is our own: it ends whatever sequence a crash may have cut off.
    #expect(session.screen.strayBytes.filter { $0 != 0 && $0 != 0x18 } == [])
  }

  @Test(
    "B1, B4: a process's name can not reach the terminal as anything but text", arguments: names)
  func name(_ name: String) throws {
    let target = try #require(Specimen(tool: "named", name))
    let session = try Session(["perftop", "-p", "\(target.pid)"])
    #expect(session.sees("Memory"))
    session.press("q")
    #expect(session.ends(within: 2)?.code == 0)
    expectClean(session)
  }

  @Test(
    "B2: nor can its command line, on the screen or in print",
    arguments: ["\u{1b}]52;c;PWN\u{7}", "\u{9b}31m", "\u{7f}\r", "\u{200b}\u{2066}"])
  func commandLine(_ argument: String) throws {
    let target = try #require(Specimen([BuiltProgram.faultTool, "named", "plain", argument]))
    let session = try Session(["perftop", "-p", "\(target.pid)"])
    #expect(session.sees("Memory"))
    session.press("q")
    #expect(session.ends(within: 2)?.code == 0)
    expectClean(session)
    let run = ProgramRun(["perftop", "snapshot", "-d", "0.1", "-p", "\(target.pid)"])
    #expect(run.code == 0)
    #expect(!(run.output + run.errors).unicodeScalars.contains { isControl($0) })
  }

  @Test(
    "B11: a mount point with a blank, a newline and an escape is asked about and drawn harmlessly",
    .needs(FaultKit.mounts))
  func mountPoint() throws {
    let script = """
      mount -t tmpfs none /mnt && M=$(printf '/mnt/a b\\033[31m\\033]0;PWN\\007\\nc\\134040') &&
      mkdir "$M" && mount -t tmpfs -o size=7000k none "$M" || exit 9
      sleep 60 3>"$M/data" & exec \(BuiltProgram.path)
      """
    let session = try Session(FaultKit.apart + ["sh", "-c", "\(script) -d 0.1 -p $!"])
    #expect(session.sees("Storage"))
    session.press("2\r")
    #expect(session.sees("/mnt/a b"))
    #expect(session.sees("7.17 MB"))
    session.press("\u{1b}")
    session.press("q")
    #expect(session.ends(within: 2)?.code == 0)
    expectClean(session)
    let run = ProgramRun(
      FaultKit.apart + ["sh", "-c", "\(script) snapshot --json -d 0.1 -p $!"])
    #expect(run.code == 0, "\(run.errors)")
    #expect(run.output.contains("/mnt/a b"))
    #expect(run.numbers("total_bytes").contains(7_168_000))
    #expect(!(run.output + run.errors).unicodeScalars.contains { isControl($0) })
  }

  private func isControl(_ scalar: Unicode.Scalar) -> Bool {
    let category = scalar.properties.generalCategory
    return scalar != "\n" && (category == .control || category == .format)
  }
}
