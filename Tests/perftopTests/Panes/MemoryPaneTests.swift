import Testing

@testable import Monitors
@testable import perftop

@Suite("Memory pane")
struct MemoryPaneTests {
  private let calm = Robot(ticks: 150)
  private let troubled = Robot(isTroubled: true, ticks: 150)

  @Test("all is well", arguments: Size.goldens)
  func healthy(size: Size) {
    let pane = MemoryPane(reading: calm.memory, context: .at(size, calm))
    expectGolden(pane.drawn(at: size), "Memory/healthy")
  }

  @Test("there is trouble", arguments: Size.goldens)
  func trouble(size: Size) {
    let pane = MemoryPane(reading: troubled.memory, context: .at(size, troubled))
    expectGolden(pane.drawn(at: size), "Memory/trouble")
  }

  @Test("it leaks, and so do its descriptors", arguments: Size.goldens)
  func leaking(size: Size) {
    let pane = MemoryPane(reading: leak, context: .at(size, troubled))
    expectGolden(pane.drawn(at: size), "Memory/leaking")
  }

  private var leak: MemoryReading {
    var reading = troubled.memory
    reading.leak.verdict = .leak
    reading.leak.slope = BytesPerSecond(52_000)
    reading.leak.confidence = 0.98
    reading.leak.since = Moment(
      nanoseconds: 0, wall: troubled.now.wall - 720_000_000_000)
    reading.leak.place = .init(name: "[heap]", kind: .heap, share: Ratio(0.93))
    reading.leak.evidence = """
      the floor of [heap] rose by 37.4 MB in 12 min, by quarters 25, 26, 24, 25 %, \
      41 times its noise, to where it never was
      """
    reading.exhaustion = .expected(
      .init(seconds: 1720, low: 1400, high: 2300, limit: "cgroup"))
    reading.severity = .critical
    reading.headline = "\(reading.leak.words), \(reading.exhaustion.words)"
    reading.descriptorLeak.verdict = .leak
    reading.descriptorLeak.perMinute = 6
    reading.descriptorLeak.count = 712
    reading.threadLeak.verdict = .none
    return reading
  }

  @Test("the zoomed pane has the verdict and all that speaks for it")
  func evidence() {
    let texts = MemoryPane(reading: leak, context: PaneContext(isZoomed: true)).content.detailTexts
    for text in [
      "because the floor of [heap] rose by 37.4 MB", "sure 98 %", " by quarters 25, 26",
      "where [heap], 93 % of it",
      "forecast limit in 28 min (23 min to 38 min)", "leaking descriptors: 6.0 more",
      "threads no leak",
    ] { #expect(texts.contains { $0.contains(text) }, "\(text)") }
  }

  @Test("only ASCII can be drawn")
  func ascii() {
    let pane = MemoryPane(reading: troubled.memory, context: .at(.classic, troubled))
    let canvas = pane.drawn(at: .classic, glyphs: .ascii)
    #expect(canvas.cells.allSatisfy { $0.glyph.scalar >= 0x20 && $0.glyph.scalar < 0x7F })
    expectGolden(canvas, "Memory/ascii")
  }

  @Test(
    "nothing is known yet: a sentence or a reason, and no zeros",
    arguments: [Size.narrow, .classic])
  func missing(size: Size) {
    let canvas = MemoryPane(reading: missing, context: .at(size, calm)).drawn(at: size)
    expectGolden(canvas, "Memory/missing")
  }

  private var missing: MemoryReading {
    var reading = MemoryReading()
    reading.headline = "not enough readings yet"
    reading.proportional = .missing(.notPermitted(needs: "CAP_SYS_PTRACE"))
    reading.mappingsRead = .missing(.notPermitted(needs: "CAP_SYS_PTRACE"))
    return reading
  }

  @Test("mappings that were read some time ago say so, those of now do not")
  func oldMappings() {
    for (age, isSaid) in [(2.0, false), (32.0, true)] {
      var reading = troubled.memory
      let context = PaneContext.at(.narrow, troubled)
      reading.mappingsRead = .fresh(
        Moment(nanoseconds: context.now.nanoseconds - Int64(age * 1e9), wall: context.now.wall))
      let lines = TextBackend.lines(
        of: MemoryPane(reading: reading, context: context).drawn(at: Size(width: 60, height: 20)))
      #expect(lines.contains { $0.contains("mapping, 30 s ago") } == isSaid, "\(lines)")
    }
  }

  @Test("a value that can not be read is not drawn as zero")
  func noZero() {
    let text = MemoryPane(reading: missing, context: PaneContext()).drawn(at: .narrow).text
    #expect(!text.contains("0 B"))
    #expect(text.contains("not yet"))
  }

  @Test("the zoomed pane gives the whole reason and what would help")
  func reason() {
    let pane = MemoryPane(reading: missing, context: PaneContext(isZoomed: true))
    #expect(pane.drawn(at: .classic).text.contains("permission denied: needs CAP_SYS_PTRACE"))
  }

  @Test("the zoomed pane says how many processes there are where not all of them are counted")
  func leftOut() {
    var sample = Sample(moment: Moment(nanoseconds: 0))
    var target = TargetSample(pid: 1, root: ProcessSample(pid: 1))
    target.children = (2..<130).map { ProcessSample(pid: $0) }
    target.leftOut = 1872
    sample.target = .fresh(target)
    var monitor = MemoryMonitor(MemoryConfig())
    let reading = monitor.judge(sample)
    let pane = MemoryPane(reading: reading, context: PaneContext(isZoomed: true))
    for size in [Size(width: 40, height: 24), .classic] {
      #expect(pane.drawn(at: size).text.contains("129 of 2001"), "\(size)")
    }
    #expect(
      pane.content.detailTexts.contains {
        $0 == "other children 1872 of 2000: too many to read each"
      })
  }

  @Test("without a target it says how to choose one")
  func noTarget() {
    let context = PaneContext(noTarget: "no process chosen; p lists them all")
    let text = MemoryPane(reading: MemoryReading(), context: context).drawn(at: .narrow).text
    #expect(text.contains("no process chosen; p lists them all"))
  }
}
