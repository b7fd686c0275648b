import Glibc
import TestSupport
import Testing

@Suite("Theme files that are none")
struct ThemeFaultTests {
  private let folder: TemporaryDirectory

  init() throws { folder = try TemporaryDirectory() }

  private func write(_ name: String, _ bytes: [UInt8]) throws -> String {
    let path = "\(folder.path)/\(name).theme"
    let file = try #require(fopen(path, "w"))
    fwrite(bytes, 1, bytes.count, file)
    fclose(file)
    return path
  }

  @Test("F4, F8: a device, a FIFO, a directory and a megabyte are refused at once, in a sentence")
  func refused() throws {
    let pipe = "\(folder.path)/pipe.theme"
    mkfifo(pipe, 0o644)
    let big = try write("big", [UInt8](repeating: UInt8(ascii: "\n"), count: 1 << 20))
    for path in ["/dev/zero", "/dev/tty", "/proc/self/mem", folder.path, pipe, big] {
      let run = ProgramRun(["perftop", "themes", "show", path])
      #expect(run.code == 2, "\(path)")
      #expect(run.complainsProperly, "\(path)")
      #expect(run.seconds < 1)
    }
  }

  @Test("F8: escapes and bytes at random reach neither the terminal nor what is printed")
  func shown() throws {
    let text =
      "theme[title]=\"\u{1b}]0;PWN\u{7}\"\ntheme[hi_fg]=\"\u{1b}[31m\"\ntheme[main_fg]=\"#\u{9b}31m\"\n"
    let path = try write("escapes\u{1b}[31m", Array(text.utf8))
    let run = ProgramRun(["perftop", "themes", "show", path])
    #expect(run.code == 0)
    #expect(!run.hasEscapes && !run.errors.isEmpty)
    let list = ProgramRun(["perftop", "themes", "list", "--themes-dir", folder.path])
    #expect(list.code == 0 && !list.hasEscapes)
    let target = try sleeper()
    let session = try Session(["perftop", "--theme", path, "-p", "\(target.pid)"])
    #expect(session.sees("Memory"))
    session.press("cccc")
    #expect(session.sees("theme "))
    session.press("q")
    #expect(session.ends(within: 2)?.code == 0)
    #expect(session.screen.controls.subtracting(ownControls) == [])
    #expect(!session.screen.strings.contains { $0.contains("PWN") })
  }

  @Test("F1: a theme that lies in the current directory is not found by its name")
  func current() throws {
    _ = try write("mine", Array("theme[title]=\"#11\"\n".utf8))
    let script = "cd \(folder.path) && exec \(BuiltProgram.path) themes show mine"
    let run = ProgramRun(["sh", "-c", script], environment: ["HOME": ""])
    #expect(run.code == 2)
    #expect(run.complainsProperly)
  }
}
