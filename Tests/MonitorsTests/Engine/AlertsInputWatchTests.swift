import Monitors
import Testing

@Suite("What alerts hear of watching") struct AlertsInputWatchTests {
  @Test("the state of watching becomes words, and a verdict where there can be one")
  func translates() {
    #expect(AlertsInput.Target(.machineOnly) == .none)
    #expect(AlertsInput.Target(.watching) == .watched)
    #expect(AlertsInput.Target(.waiting("camera")) == .awaited)
    for (end, how, isFailure) in [
      (ProcessEnd.exited(0), "exited with 0", false as Bool?), (.exited(7), "exited with 7", true),
      (.signalled(9), "killed by SIGKILL", true), (.unknown, "ended, status unknown", nil),
    ] {
      #expect(
        AlertsInput.Target(.ended("camera (42)", end))
          == .ended(who: "camera (42)", how: Printable(how), isFailure: isFailure))
    }
  }
}
