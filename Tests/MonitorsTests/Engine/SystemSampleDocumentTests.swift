import TestSupport
import Testing

@testable import Monitors

@Suite("The machine as a document")
struct SystemSampleDocumentTests {
  @Test("every promised key is there from the first tick on, with a reason for what is not known")
  func keys() {
    var document = Document(path: "system")
    SystemSample().describe(into: &document, cpu: .missing(.notYet))
    let object = JSONValue.object(document.fields)
    for key in ["cpu_percent", "memory_total_bytes", "memory_available_bytes", "pressure", "gpus"] {
      #expect(object[key] != nil)
    }
    for key in ["cpu", "memory", "io"] { #expect(object["pressure"]?[key] == .null) }
    #expect(
      document.unavailable.contains(
        .init("system.pressure.cpu", .text("not enough readings yet"))))
  }

  @Test("sizes are in bytes and shares in percent")
  func values() {
    var system = SystemSample()
    system.memoryTotal = .fresh(Bytes(8_000_000_000))
    system.memoryPressure = .fresh(
      PressureSample(some10: 2.5, some60: 1, full10: 0, someTotal: 1))
    var gpu = GPUSample(name: "gpu", source: "devfreq")
    gpu.utilization = .fresh(Ratio(0.437))
    system.gpus = .fresh([gpu])
    var document = Document(path: "system")
    system.describe(into: &document, cpu: .fresh(Ratio(0.5)))
    let object = JSONValue.object(document.fields)
    #expect(object["cpu_percent"] == .number(50))
    #expect(object["memory_total_bytes"] == .integer(8_000_000_000))
    #expect(object["pressure"]?["memory"] == .number(2.5))
    guard case .list(let gpus)? = object["gpus"] else {
      Issue.record("gpus is no list")
      return
    }
    #expect(gpus.first?["utilization_percent"] == .number(43.7))
    #expect(
      document.unavailable.contains(
        .init("system.gpus.gpu.watts", .text("not offered by this machine"))))
  }
}
