import Testing

@testable import Monitors
@testable import perftop

@Suite("Sheet: judgement")
struct JudgementSheetTests {
  static let sizes = [(120, 40), (80, 24), (40, 12)].map { Size(width: $0.0, height: $0.1) }

  private func drawn(
    _ size: Size, isTroubled: Bool = true, keymap: Keymap = .standard,
    _ change: (inout ViewState) -> Void = { _ in }
  ) -> Canvas {
    var snapshot = Robot(isTroubled: isTroubled, ticks: 150).snapshot
    snapshot.judgement = isTroubled ? .troubled : .calm
    var scene = Scene.of(snapshot) {
      $0.overlay = .sheet(.judgement)
      change(&$0)
    }
    scene.keymap = keymap
    return Screen(glyphs: .unicode).drawn(scene, size: size, keys: .usual, help: .usual)
  }

  @Test("a troubled target's score, losses, bottlenecks, forecasts and trends", arguments: sizes)
  func troubled(size: Size) { expectGolden(drawn(size), "Screen/judgement") }

  @Test("a target that is well", arguments: sizes)
  func calm(size: Size) { expectGolden(drawn(size, isTroubled: false), "Screen/judgement-calm") }

  @Test("advice names the key that is bound, and not the one that was by default")
  func keys() {
    let keymap = Keymap(overrides: ["quality-down": ["x"]])
    let text = drawn(Size(width: 120, height: 40), keymap: keymap).text
    #expect(text.contains("x: lower the quality by a level"))
    #expect(!text.contains("<: lower"))
    #expect(text.contains("2: look which files are written"))
  }

  @Test("the keys that Monitors names in JSON are those the program has by default")
  func defaults() {
    let all: [Advice] = [
      .collect, .evict, .smallerBatches, .suggestedBatch(8), .objects, .lowerQuality,
      .moreProcesses, .raiseQuota, .lowerCompression(3), .cooling, .otherPrograms, .operations,
    ]
    for advice in all { #expect(advice.line(.standard) == advice.line, "\(advice)") }
  }

  @Test("J opens it and J closes it")
  func opens() {
    let action = Keymap.standard.action(for: .character("J"))
    #expect(action == .judgement && action?.sheet == .judgement)
  }

  @Test("where there is room the strip has the score, the pressure and what runs out first")
  func strip() {
    func row(_ width: Int, _ judgement: JudgementReading) -> String {
      var snapshot = Robot(ticks: 60).snapshot
      snapshot.judgement = judgement
      var canvas = Canvas(size: Size(width: width, height: 2))
      StripPane(snapshot: snapshot, tags: []).draw(into: &canvas)
      return GoldenText.rows(canvas)[1]
    }
    #expect(row(120, .calm).contains("score 97"))
    #expect(!row(120, .calm).contains("pressure"))
    let wide = row(180, .troubled)
    #expect(wide.contains("score 41") && wide.contains("high pressure"))
    #expect(wide.hasSuffix("disk /data full in 1 h 10 min (55 min to 1 h 40 min)"))
    #expect(row(120, .troubled).hasSuffix("disk /data full in 1 h 10 min"))
    #expect(row(80, .troubled).hasSuffix("disk /data full in 1 h 10 min"))
    #expect(row(80, .troubled).contains("target"))
    var full = JudgementReading.troubled
    full.forecasts[0].outlook = .failing(Forecast.Span(median: 0, low: 0, high: 0))
    #expect(row(120, full).hasSuffix("  disk /data full"))
  }

  @Test("a pane says what runs out of what it shows, and zoomed where its value goes")
  func panes() {
    var snapshot = Robot(ticks: 150).snapshot
    snapshot.judgement = .troubled
    let scene = Scene.of(snapshot) { $0.focus = .storage }
    let size = Size(width: 120, height: 40)
    let screen = Screen(glyphs: .unicode)
    let text = screen.drawn(scene, size: size, keys: .usual, help: []).text
    #expect(text.contains("disk /data full in 1 h 10 min (55 min to"))
    #expect(!text.contains("falling 1.2 MB/s/h"))
    var zoomed = scene
    zoomed.view.isZoomed = true
    #expect(
      screen.drawn(zoomed, size: size, keys: .usual, help: []).text.contains("falling 1.2 MB/s/h"))
  }
}

extension JudgementReading {
  /// Nothing holds it back.
  static var calm: JudgementReading {
    var reading = JudgementReading()
    reading.absence = nil
    reading.machine = Pressure(.none)
    reading.target = Pressure(.none)
    reading.score.value = 97
    reading.score.losses = [
      Score.Loss(points: 3, why: "its parts get 80 % done of what they could")
    ]
    reading.score.unknown = ["throttling", "temperature"]
    reading.forecasts = [
      Forecast(.disk, "/data", outlook: .steady),
      Forecast(.descriptors, outlook: .unknown(.notEnough)),
    ]
    for index in reading.trends.indices {
      reading.trends[index].direction = index % 5 == 4 ? .unknown : .steady
    }
    return reading
  }

  /// Storage holds it back, and its disk fills.
  static var troubled: JudgementReading {
    var reading = calm
    reading.machine = Pressure(.moderate, cause: "storage stalls")
    reading.target = Pressure(.high, cause: "waiting for storage")
    var storage = Bottleneck(.storage, 88, .waiting(0.44))
    storage.isMain = true
    storage.confidence = 0.83
    storage.advice = [.largerBuffers(60), .binaryFormat("csv"), .lookStorage]
    var queue = Bottleneck(.queue, 52, .queue(41, before: 12), component: "writer")
    queue.confidence = 0.5
    queue.advice = [.lowerQuality, .feedSlower]
    reading.bottlenecks = [storage, queue]
    let span = Forecast.Span(median: 4200, low: 3300, high: 6000)
    reading.forecasts.insert(Forecast(.disk, "/data", outlook: .failing(span)), at: 0)
    reading.forecasts.remove(at: 1)
    reading.score.value = 41
    reading.score.losses = [
      Score.Loss(points: 25, why: "disk /data full in 1 h 10 min"),
      Score.Loss(points: 17, why: "storage holds it back"),
      Score.Loss(points: 16, why: "the target is under high pressure"),
    ]
    reading.components = ["lane_detector", "writer"].enumerated().map { index, name in
      var part = ComponentEfficiency(name: Printable(name), priority: index + 1)
      part.frames = Ratio(index == 0 ? 1 : 0.6)
      part.work = index == 0 ? Ratio(0.9) : nil
      return part
    }
    for index in reading.trends.indices where reading.trends[index].value == .written {
      reading.trends[index].direction = .falling
      reading.trends[index].perHour = -1_200_000
      reading.trends[index].strength = 0.71
    }
    return reading
  }
}
