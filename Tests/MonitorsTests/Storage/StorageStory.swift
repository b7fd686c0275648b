import Monitors
import TestSupport

/// Samples of one process, made tick by tick.
struct StorageStory {
  var monitor = StorageMonitor(StorageConfig())
  let time = FakeTime()
  var files = FilesSample()
  var io = IOCounters()
  /// Why the counters can not be read.
  var unreadable: Absence?
  var state: Character = "S"
  var children: [ProcessSample] = []
  var generation = 1
  var pressure: UInt64 = 0
  var reading = StorageReading()

  mutating func tick(_ change: (inout StorageStory) -> Void = { _ in }) {
    time.advance(by: 1)
    change(&self)
    var sample = Sample(moment: time.now())
    var root = ProcessSample(pid: 1)
    root.startTicks = 100
    root.state = state
    root.io = unreadable.map { .missing($0) } ?? .fresh(io)
    var target = TargetSample(pid: 1, root: root)
    target.uptime = 1000
    target.generation = generation
    target.children = children
    sample.target = .fresh(target)
    sample.files = files
    sample.system.ioPressure = .fresh(
      PressureSample(some10: 0, some60: 0, full10: 0, someTotal: pressure))
    reading = monitor.judge(sample)
  }

  mutating func write(_ bytes: UInt64, _ format: Printable) {
    io.writtenBytes += bytes
    io.writtenCharacters += bytes
    files.seenWritten += bytes
    if let index = files.formats.firstIndex(where: { $0.format == format }) {
      files.formats[index].written += bytes
    } else {
      files.formats.append(FormatSample(format: format, files: 1, written: bytes))
    }
  }

  mutating func openWriter(_ path: Printable = "/d/a.csv") {
    var file = OpenFileSample(path: path)
    file.isWritten = true
    files.open = .fresh([file])
  }

  func json() -> JSONValue {
    var document = Document(path: "storage")
    reading.describe(into: &document)
    return .object(document.fields)
  }
}
