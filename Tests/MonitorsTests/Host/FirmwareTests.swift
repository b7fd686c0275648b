import Glibc
import TestSupport
import Testing

@testable import Monitors

@Suite("The board's firmware")
struct FirmwareTests {
  private func error(_ firmware: any Firmware) -> SystemError? {
    do throws(SystemError) {
      _ = try firmware.throttleFlags()
      return nil
    } catch { return error }
  }

  @Test("a device that is not there, and one that is no mailbox, are errors and not flags")
  func refused() {
    #expect(error(LiveFirmware(path: "/dev/no-such-mailbox")) == .notFound)
    #expect(error(LiveFirmware(path: "/dev/null")) == SystemError(ENOTTY))
  }

  @Test("neither a tree of files nor a simulation asks this machine's firmware")
  func pretended() {
    #expect(error(HostTree.pi5UnderVoltage.host.firmware) == .notFound)
    #expect(HostTree.pi5UnderVoltage.host.graphicsLibrary == nil)
    #expect(error(Host.live(simulatedSys: "/tmp").firmware) == .notFound)
  }
}
