import TestSupport
import Testing

@testable import Monitors

@Suite("Kinds of machines")
struct ProfileTests {
  @Test(
    "recorded machines are recognised",
    arguments: [
      (HostTree.pi5UnderVoltage, Profile.raspberryPi), (.pi4SoftLimit, .raspberryPi),
      (.orinOverCurrent, .jetson), (.x86Idle, .desktop), (.containerCgroup2, .desktop),
    ])
  func recorded(_ tree: HostTree, _ profile: Profile) {
    #expect(Profile.recognised(on: tree.host) == profile)
  }

  @Test("a Jetson is also known by NVIDIA's release file, a Pi by the tree below /sys")
  func others() {
    let jetson = FakeFiles(["/etc/nv_tegra_release": "# R35 (release), REVISION: 4.1\n"])
    #expect(Profile.recognised(on: .fake(files: jetson)) == .jetson)
    let pi = FakeFiles(["/sys/firmware/devicetree/base/model": "Raspberry Pi 4 Model B Rev 1.5\0"])
    #expect(Profile.recognised(on: .fake(files: pi)) == .raspberryPi)
    #expect(Profile.recognised(on: .fake(files: FakeFiles())) == .desktop)
  }

  @Test("a profile's thresholds are the defaults, and what the file says comes first")
  func precedence() {
    let machine = HostTree.orinOverCurrent.host
    #expect(loaded("", on: machine).config.thermal.warningCelsius == 85)
    #expect(loaded("", on: machine).config.alerts.memoryWarningPercent == 80)
    let pi = loaded("profile: raspberry_pi\n", on: machine).config
    #expect(pi.thermal.warningCelsius == 70)
    #expect(pi.thermal.criticalCelsius == 80)
    let own = loaded("thermal:\n  warning_celsius: 60\nprofile: desktop\n", on: machine).config
    #expect(own.thermal.warningCelsius == 60)
    #expect(own.thermal.criticalCelsius == 95)
    #expect(own.alerts.memoryWarningPercent == 85)
  }

  @Test("what the profile sets reaches those who judge by it")
  func joined() {
    let config = loaded("", on: HostTree.x86Idle.host).config
    #expect(config.alerts.thermal.warningCelsius == 85)
    #expect(config.quality.warningCelsius == 85)
  }
}
