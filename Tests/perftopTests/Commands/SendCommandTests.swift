import Monitors
import TestSupport
import Testing

@testable import perftop

@Suite("One action from a script")
struct SendCommandTests {
  private func command(
    _ files: FakeFiles, readOnly: Bool = false, link: LinkExchange? = nil
  ) -> SendCommand {
    var config = Config()
    config.isReadOnly = readOnly
    let processes = FakeProcesses()
    processes.refuse(43, with: 3)
    let host = Host.fake(files: files, processes: processes)
    return SendCommand(host: host, config: config, link: link)
  }

  private func machine(_ pids: Int32...) -> FakeFiles {
    let files = FakeFiles()
    for pid in pids {
      files.put(FakeProcess(pid))
      files.write("/proc/\(pid)/maps", "")
    }
    return files
  }

  private let obeying: LinkExchange = { _, members, _ in
    let request = JSONValue.object(members)
    guard request["op"] == .text("poll") else {
      return .object([.init("ok", .bool(true)), .init("seconds", .number(0.2))])
    }
    return .object([.init("offers", .list([.text("batch")]))])
  }

  @Test("what was done is one line, and 0")
  func done() {
    let answer = command(machine(42), link: obeying)
      .answer(.init(action: .batch(32), pids: [42]))
    #expect(answer == .init(lines: ["applied: batch size 32 in 0.2 s (link)"]))
  }

  @Test("of several each line begins with the number, and the first that goes wrong decides")
  func several() {
    let answer = command(machine(42, 44), link: obeying)
      .answer(.init(action: .batch(32), pids: [42, 43, 44]))
    #expect(
      answer.lines == [
        "42: applied: batch size 32 in 0.2 s (link)", "43: refused: no such process",
        "44: applied: batch size 32 in 0.2 s (link)",
      ])
    #expect(answer.status == 3)
  }

  @Test("a refusal is 1, and read-only refuses all")
  func refused() {
    let answer = command(machine(42)).answer(.init(action: .batch(32), pids: [42]))
    #expect(answer == .init(lines: ["refused: not linked"], status: 1))
    let readOnly = command(machine(42), readOnly: true, link: obeying)
      .answer(.init(action: .batch(32), pids: [42]))
    #expect(readOnly == .init(lines: ["refused: perftop is read-only"], status: 1))
  }

  @Test("a right that is lacking is 4, with what to do")
  func forbidden() {
    let files = machine(42)
    files.fail("/proc/42/maps", with: 13)
    let answer = command(files).answer(.init(action: .collect, pids: [42]))
    #expect(answer.status == 4)
    let advice: Printable = "run it as root: sudo perftop send gc -p 42"
    #expect(answer.errors == (Operator.isRoot ? [] : [advice]))
  }
}
