import Glibc
import TestSupport
import Testing

@Suite("perftop send on real processes")
struct SendTests {
  private func specimen(_ script: String) -> Specimen? { Specimen(["sh", "-c", script]) }

  @Test("a refusal is one line and 1; a mistake is 2; nobody there is 3")
  func codes() throws {
    let target = try #require(specimen("exec sleep 60"))
    let refused = ProgramRun(["perftop", "send", "gc", "-p", "\(target.pid)"], within: 15)
    #expect(refused.code == 1)
    #expect(refused.output.hasPrefix("refused: not linked, no JVM, no CPython"))
    #expect(refused.output.count <= 80, "it fits a line of a terminal")
    #expect(refused.output.split(separator: "\n").count == 1)
    let readOnly = ProgramRun(["perftop", "send", "gc", "-p", "\(target.pid)", "--readonly"])
    #expect(readOnly.output == "refused: perftop is read-only\n")
    #expect(readOnly.code == 1)
    let mistake = ProgramRun(["perftop", "send", "gcc", "-p", "1"])
    #expect(mistake.code == 2)
    #expect(mistake.complainsProperly)
    let nobody = ProgramRun(["perftop", "send", "gc", "-p", "999999999"])
    #expect(nobody.code == 3)
    #expect(nobody.complainsProperly)
  }

  @Test(
    "C5: two hundred orders to a stopped process are all refused, and none comes after it goes on")
  func stopped() throws {
    let folder = TemporaryFolder()
    folder.write(
      "config.yaml", "targets:\n- match: sleep\n  gc: [touch, \(folder.path)/delivered]\n")
    let target = try #require(specimen("exec sleep 60"))
    target.signal(SIGSTOP)
    let command = [
      "perftop", "send", "gc", "-p", "\(target.pid)", "--config", "\(folder.path)/config.yaml",
    ]
    for _ in 0..<20 {
      let run = ProgramRun(command)
      #expect(run.code == 1)
      #expect(run.output.contains("not delivered"))
      #expect(run.seconds < 2)
    }
    target.signal(SIGCONT)
    #expect(access("\(folder.path)/delivered", F_OK) != 0)
    #expect(ProgramRun(command).output.hasSuffix("(command)\n"))
    #expect(access("\(folder.path)/delivered", F_OK) == 0)
  }

  @Test(
    "another user's process needs rights, and says which: 4",
    .enabled(if: FaultKit.otherUser.isAvailable))
  func foreign() throws {
    let target = try #require(specimen("exec sleep 60"))
    let run = ProgramRun(
      FaultKit.asNobody + [BuiltProgram.path, "send", "gc", "-p", "\(target.pid)"], within: 15)
    #expect(run.code == 4)
    #expect(run.output.contains("CAP_SYS_PTRACE"))
    #expect(run.errors.hasPrefix("run it as root: sudo perftop send gc"))
  }

  @Test(
    "C19: where no process can be started the outcome says so",
    .enabled(if: FaultKit.otherUser.isAvailable))
  func noProcesses() throws {
    let folder = TemporaryFolder()
    folder.write("config.yaml", "targets:\n- match: sleep\n  gc: [true]\n")
    let command = [
      BuiltProgram.path, "send", "gc", "-p", "$0", "--config", "\(folder.path)/config.yaml",
    ]
    let perftop = command.joined(separator: " ").replacing("$0", with: "$p")
    let script = "sleep 20 & p=$!; prlimit --nproc=1 \(perftop); s=$?; kill $p; exit $s"
    let run = ProgramRun(FaultKit.asNobody + ["sh", "-c", script], within: 15)
    #expect(run.code == 1)
    #expect(run.output.hasPrefix("failed: "))
  }
}
