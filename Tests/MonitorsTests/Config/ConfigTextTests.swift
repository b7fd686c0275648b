import TestSupport
import Testing

@testable import Monitors

@Suite("The list of settings as text")
struct ConfigTextTests {
  private static let machines: [HostTree] = [.pi5UnderVoltage, .orinOverCurrent, .x86Idle]

  @Test(
    "the file of defaults has every setting, passes the check and changes nothing",
    arguments: machines)
  func defaults(_ tree: HostTree) {
    let text = ConfigText.defaults(on: tree.host)
    let found = loaded(text, on: tree.host)
    #expect(found.problems == [])
    #expect(found.count == Settings.all.count)
    #expect(found.config == loaded("", on: tree.host).config)
    #expect(text.split(separator: "\n").allSatisfy { $0.count <= 80 })
  }

  @Test("its examples are right when their marks are taken away")
  func examples() {
    let text = ConfigText.defaults(on: .fake(files: FakeFiles()))
    let lines = text.split(separator: "\n").map { line in
      switch line {
      case "targets: []": "targets:"
      case "keys: {}": "keys:"
      default: line.hasPrefix("#  ") ? String(line.dropFirst()) : String(line)
      }
    }
    let found = loaded(lines.joined(separator: "\n"))
    #expect(found.problems == [])
    #expect(found.config.targets.count == 1)
    #expect(found.config.keys.count == 2)
  }
}
