import Testing

@testable import Monitors
@testable import perftop

@Suite("Storage pane")
struct StoragePaneTests {
  private let calm = Robot(ticks: 150)
  private let troubled = Robot(isTroubled: true, ticks: 150)

  @Test("all is well", arguments: Size.goldens)
  func healthy(size: Size) {
    let pane = StoragePane(reading: calm.storage, context: .at(size, calm))
    expectGolden(pane.drawn(at: size), "Storage/healthy")
  }

  @Test("there is trouble", arguments: Size.goldens)
  func trouble(size: Size) {
    let pane = StoragePane(reading: troubled.storage, context: .at(size, troubled))
    expectGolden(pane.drawn(at: size), "Storage/trouble")
  }

  @Test("writes have become slower", arguments: Size.goldens)
  func slower(size: Size) {
    var reading = calm.storage
    let since = Moment(nanoseconds: 5, wall: 1_790_000_000_000_000_000)
    reading.slowDowns = [
      StorageSlowDown(
        format: "parquet", least: Bytes(1 << 20), since: since, told: since,
        change: .init(since: 0, told: 0, before: 100e6, after: 40e6, confidence: 1))
    ]
    expectGolden(
      StoragePane(reading: reading, context: .at(size, calm)).drawn(at: size), "Storage/slower")
  }

  @Test("only ASCII can be drawn")
  func ascii() {
    let pane = StoragePane(reading: troubled.storage, context: .at(.classic, troubled))
    let canvas = pane.drawn(at: .classic, glyphs: .ascii)
    #expect(canvas.cells.allSatisfy { $0.glyph.scalar >= 0x20 && $0.glyph.scalar < 0x7F })
    expectGolden(canvas, "Storage/ascii")
  }

  @Test(
    "nothing is known yet: a sentence or a reason, and no zeros",
    arguments: [Size.narrow, .classic])
  func missing(size: Size) {
    let canvas = StoragePane(reading: missing, context: .at(size, calm)).drawn(at: size)
    expectGolden(canvas, "Storage/missing")
  }

  private var missing: StorageReading {
    var reading = StorageReading()
    reading.headline = "not enough readings yet"
    reading.readRate = .missing(.notPermitted(needs: "CAP_SYS_PTRACE"))
    reading.filesAbsence = .notPermitted(needs: "CAP_SYS_PTRACE")
    return reading
  }

  @Test("files that can't be seen are neither idle nor none")
  func unseen() {
    var reading = missing
    reading.headline = "files can't be seen"
    let text = StoragePane(reading: reading, context: .at(.classic, calm)).drawn(at: .classic).text
    #expect(!text.contains("idle"))
    for name in ["in files", "open files", "formats"] {
      let value = text.split(separator: name).dropFirst().first?.drop { $0 == " " }
      #expect(value?.hasPrefix("n/a") == true, "\(name)")
    }
  }

  @Test("the number of open files is that of descriptors, not of those listed")
  func openFiles() {
    var reading = calm.storage
    reading.descriptors = 5005
    let text = StoragePane(reading: reading, context: .at(.classic, calm)).drawn(at: .classic).text
    #expect(text.contains("5005"))
  }

  @Test("a dead server is named with its reason, not as a full or empty disk")
  func deadServer() {
    let text = StoragePane(reading: troubled.storage, context: .at(.classic, troubled))
      .drawn(at: .classic).text
    #expect(text.contains("/mnt/nas no answer in time"))
  }

  @Test("a long path keeps its end, where the name of the file is")
  func path() {
    var context = PaneContext.at(.classic, calm)
    context.scroll = 8
    let text = StoragePane(reading: calm.storage, context: context).drawn(at: .classic).text
    #expect(text.contains(".parquet "))
  }
}
