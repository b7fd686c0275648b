import Glibc
import TestSupport
import Testing

@testable import Monitors

@Suite("Stalls of the machine")
struct PressureProbeTests {
  private static let text = """
    some avg10=2.08 avg60=0.15 avg300=0.31 total=16736472
    full avg10=1.50 avg60=0.00 avg300=0.00 total=412

    """
  private let time = FakeTime()
  private let scratch = Scratch()

  private func read(_ probe: inout PressureProbe, _ files: FakeFiles) -> SystemSample {
    var system = SystemSample()
    probe.read(into: &system, on: .fake(files: files), at: time.now(), scratch)
    return system
  }

  private func parse(_ text: String) -> PressureSample? {
    text.utf8.withContiguousStorageIfAvailable { PressureFile.parse(UnsafeRawBufferPointer($0)) }
      ?? nil
  }

  @Test("all four numbers are read")
  func parses() {
    #expect(
      parse(Self.text)
        == PressureSample(some10: 2.08, some60: 0.15, full10: 1.5, someTotal: 16_736_472))
  }

  @Test("a kernel that has no line for all tasks says 0 there")
  func withoutFull() {
    #expect(parse("some avg10=1.00 avg60=2.00 avg300=3.00 total=4\n")?.full10 == 0)
  }

  @Test(
    "C14: what is cut short is no pressure", arguments: ["", "some", "some avg10=", "full avg10=1"])
  func garbage(_ text: String) { #expect(parse(text) == nil) }

  @Test("A11: a comma ends a number, whatever the locale")
  func comma() { #expect(parse("some avg10=2,08 avg60=0,15 avg300=0,31 total=1\n") == nil) }

  @Test("a kernel without pressure information says so and is asked once a minute")
  func absent() {
    let files = FakeFiles()
    var probe = PressureProbe()
    let reason = Absence.because("this kernel keeps no pressure information")
    #expect(read(&probe, files).memoryPressure == .missing(reason))
    files.write("/proc/pressure/memory", Self.text)
    time.advance(by: 1)
    #expect(read(&probe, files).memoryPressure == .missing(reason))
    time.advance(by: 60)
    #expect(read(&probe, files).memoryPressure.value?.some10 == 2.08)
    #expect(read(&probe, files).ioPressure == .missing(reason))
  }

  @Test("a kernel that has it compiled in and switched off says the same")
  func switchedOff() {
    let files = FakeFiles()
    files.fail("/proc/pressure/cpu", with: EOPNOTSUPP)
    #expect(
      PressureProbe.examine(.fake(files: files), target: nil)?.sentence
        == "this kernel keeps no pressure information")
  }
}
