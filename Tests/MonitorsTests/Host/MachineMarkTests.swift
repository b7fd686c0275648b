import Testing

@testable import Monitors

@Suite("What tells machines apart") struct MachineMarkTests {
  @Test("machines that were copied from one another have two names, by either of what tells them")
  func copies() {
    let names = [
      MachineMark.of("orin", id: "3f2a9c01aa"), MachineMark.of("orin", id: "77"),
      MachineMark.of("orin-2", id: "3f2a9c01aa"), MachineMark.of("orin", id: ""),
      MachineMark.of("", id: "77"), MachineMark.of("", id: ""),
    ]
    #expect(Set(names).count == names.count)
    #expect(names.first == "orin-3f2a9c01")
  }

  static let hostile = ["../../etc", "a/b", "..", ".", "robot\nx", "Größe"]

  @Test("a name is one part of a path", arguments: hostile)
  func onePart(_ host: String) {
    let name = MachineMark.of(host, id: "")
    #expect(!name.isEmpty && !name.contains { $0 == "/" || $0 == "." || $0.isNewline })
  }

  @Test("this machine has one, and always the same")
  func running() {
    #expect(!MachineMark.running.isEmpty)
    #expect(MachineMark.running == MachineMark.running)
  }
}
