import TestSupport
import Testing

@testable import Monitors

@Suite("Which machine it is")
struct HostProbeTests {
  private func read(_ contents: [String: String]) -> HostSample {
    HostProbe.read(.fake(files: FakeFiles(contents)), Scratch(size: 4096))
  }

  @Test("the device tree's name ends in a NUL, which is not shown")
  func deviceTree() {
    let found = read([
      "/proc/device-tree/model": "Raspberry Pi 5 Model B Rev 1.0\0",
      "/proc/sys/kernel/hostname": "rover\n", "/proc/sys/kernel/osrelease": "6.12.47\n",
    ])
    #expect(found.model == "Raspberry Pi 5 Model B Rev 1.0")
    #expect(found.name == "rover")
    #expect(found.kernel == "6.12.47")
  }

  @Test("a simulated board is named by the part of it that is simulated")
  func simulated() {
    #expect(
      read(["/sys/firmware/devicetree/base/model": "Raspberry Pi 5 Model B Rev 1.0\0"]).model
        == "Raspberry Pi 5 Model B Rev 1.0")
  }

  @Test("a PC is named by its firmware, unless its maker left the fields alone")
  func firmware() {
    let directory = "/sys/class/dmi/id"
    #expect(
      read(["\(directory)/sys_vendor": "Dell Inc.\n", "\(directory)/product_name": "R350\n"]).model
        == "Dell Inc. R350")
    #expect(
      read([
        "\(directory)/sys_vendor": "ASUS\n", "\(directory)/product_name": "System Product Name\n",
      ]).model == "ASUS")
    #expect(read([:]).model.isEmpty)
  }

  @Test("a name with escapes in it is harmless")
  func hostile() {
    #expect(read(["/proc/sys/kernel/hostname": "a\u{1b}[2Jb\n"]).name == "a·[2Jb")
  }
}
