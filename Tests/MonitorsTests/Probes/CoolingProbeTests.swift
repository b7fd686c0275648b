import TestSupport
import Testing

@testable import Monitors

@Suite("Cooling devices and processor frequency")
struct CoolingProbeTests {
  private let time = FakeTime()
  private let scratch = Scratch()

  private func device(_ number: Int, _ type: String, _ state: String, _ maximum: String) -> [(
    String, String
  )] {
    let path = "/sys/class/thermal/cooling_device\(number)"
    return [
      ("\(path)/type", type), ("\(path)/cur_state", state), ("\(path)/max_state", maximum),
    ]
  }

  private func read(_ files: FakeFiles) -> [CoolingSample] {
    var probe = CoolingProbe()
    var cooling: [CoolingSample] = []
    let host = Host.fake(files: files)
    probe.discover(on: host, scratch)
    probe.read(into: &cooling, on: host, at: time.now(), scratch)
    return cooling
  }

  @Test("fans are told from steps of slowing down; a screen's brightness is neither")
  func kinds() {
    let all =
      device(0, "pwm-fan", "2", "4") + device(1, "thermal-cpufreq-0", "3", "29")
      + device(2, "LCD", "7", "10") + device(3, "intel_powerclamp", "-1", "50")
    let cooling = read(FakeFiles(Dictionary(all) { $1 }))
    #expect(Set(cooling.map(\.name)) == ["pwm-fan", "thermal-cpufreq-0", "intel_powerclamp"])
    #expect(cooling.filter(\.isFan).map(\.name) == ["pwm-fan"])
    #expect(cooling.first { $0.name == "intel_powerclamp" }?.state == 0)
    #expect(cooling.first { $0.name == "thermal-cpufreq-0" }?.state == 3)
  }

  @Test("a policy says what runs, what is allowed and what was built")
  func frequencies() {
    let path = "/sys/devices/system/cpu/cpufreq/policy0"
    let files = FakeFiles([
      "\(path)/scaling_cur_freq": "1500000\n", "\(path)/scaling_max_freq": "1800000\n",
      "\(path)/cpuinfo_max_freq": "2400000\n",
    ])
    let host = Host.fake(files: files)
    var probe = FrequencyProbe()
    probe.discover(on: host, scratch)
    var found: [FrequencySample] = []
    let isWhole = probe.read(into: &found, on: host, at: time.now(), scratch)
    #expect(isWhole)
    #expect(found.first?.current == .fresh(1_500_000))
    #expect(found.first?.allowed == .fresh(1_800_000))
    #expect(found.first?.hardware == .fresh(2_400_000))
  }

  @Test("C13: a policy whose processors were unplugged is gone, and it is time to look again")
  func unplugged() {
    let path = "/sys/devices/system/cpu/cpufreq/policy0"
    let files = FakeFiles(["\(path)/scaling_cur_freq": "1\n", "\(path)/scaling_max_freq": "1\n"])
    let host = Host.fake(files: files)
    var probe = FrequencyProbe()
    probe.discover(on: host, scratch)
    files.remove(path)
    var found: [FrequencySample] = []
    let isWhole = probe.read(into: &found, on: host, at: time.now(), scratch)
    #expect(!isWhole)
    #expect(found.first?.allowed == .missing(.gone))
  }
}
