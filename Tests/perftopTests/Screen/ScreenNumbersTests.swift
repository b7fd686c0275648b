import Monitors
import Testing

@testable import perftop

@Suite("Numbers on screens of any size")
struct ScreenNumbersTests {
  private static let snapshots = [
    Robot(ticks: 150).snapshot, Robot(isTroubled: true, ticks: 200).snapshot,
  ]

  private static func drawn(
    _ snapshot: Snapshot, _ width: Int, _ height: Int, _ word: Word, isZoomed: Bool
  ) -> Canvas {
    let scene = Scene.of(snapshot) {
      $0.focus = word
      $0.isZoomed = isZoomed
    }
    return Screen(glyphs: .unicode).drawn(
      scene, size: Size(width: width, height: height), keys: Action.footer(scene), help: [])
  }

  /// The words of a screen, row by row, without what depends on the room there is: scales of graphs, places in a list.
  private static func rows(_ canvas: Canvas) -> [[Substring]] {
    (0..<canvas.size.height).map { y in
      var text = String.UnicodeScalarView()
      for x in 0..<canvas.size.width {
        let cell = canvas[x, y]
        let isDrawing = (0x2500...0x28FF).contains(cell.glyph.scalar) || cell.role == .graphText
        let scalar = isDrawing ? nil : Unicode.Scalar(cell.glyph.scalar)
        if cell.glyph != .continuation { text.append(scalar ?? " ") }
      }
      var words = String(text).split(separator: " ")
      while let place = words.firstIndex(of: "of"), place > 0, place + 1 < words.count,
        words[place - 1].contains("-"), words[place - 1].allSatisfy({ $0 == "-" || $0.isNumber })
      { words.removeSubrange((place - 1)...(place + 1)) }
      return words
    }
  }

  private static func isNumber(_ word: Substring) -> Bool {
    let bare = word.drop { "+-(".contains($0) }
    return bare.first?.isNumber == true && bare.allSatisfy { $0.isNumber || ".,;)".contains($0) }
  }

  private static let everything = snapshots.map(known)

  /// Every number there is to be seen, and what stands behind it wherever it stands.
  private static func known(_ snapshot: Snapshot) -> [Substring: Set<Substring>] {
    var known: [Substring: Set<Substring>] = [:]
    func learn(_ rows: [[Substring]]) {
      for row in rows {
        for (index, word) in row.enumerated() where isNumber(word) {
          known[word, default: []].insert(index + 1 < row.count ? row[index + 1] : "")
        }
      }
    }
    for word in Word.allCases {
      for isZoomed in [false, true] {
        var view = ViewState()
        (view.focus, view.isZoomed) = (word, isZoomed)
        let pane = PaneCatalogue.pane(word, snapshot, view)
        let content = pane.content
        var texts: [String] = content.detailTexts
        texts += pane.brief.map { $0.text }
        texts.append(content.headline.text.text)
        texts += content.lines.map { $0.text.text }
        texts += content.figures.map { $0.value.text.text }
        for meter in content.meters {
          texts += [meter.value.text, "\(meter.value.text) \(meter.detail.text)"]
        }
        learn(texts.map { $0.split(separator: " ") })
        learn(rows(drawn(snapshot, 300, 100, word, isZoomed: isZoomed)))
        learn(rows(drawn(snapshot, 90, 30, word, isZoomed: isZoomed)))
      }
    }
    return known
  }

  /// Numbers that are not what they are elsewhere, or have lost their unit.
  private static func torn(_ canvas: Canvas, _ known: [Substring: Set<Substring>]) -> [String] {
    rows(canvas).flatMap { row in
      row.enumerated().compactMap { index, word -> String? in
        guard isNumber(word) else { return nil }
        guard let followers = known[word] else { return "\(word) in \(row.joined(separator: " "))" }
        let next = index + 1 < row.count ? row[index + 1].prefix { $0 != "…" } : ""
        let isUnit = followers.allSatisfy { units.contains(bare($0)) }
        return !isUnit || followers.contains { bare($0) == bare(next) }
          ? nil : "\(word) without its unit in \(row.joined(separator: " "))"
      }
    }
  }

  private static func bare(_ word: Substring) -> Substring { word.prefix { !",;)".contains($0) } }

  private static let units: Set<Substring> = [
    "B", "kB", "MB", "GB", "TB", "B/s", "kB/s", "MB/s", "GB/s", "B/min", "kB/min", "MB/min", "%",
    "°C", "s", "min", "h", "d", "ms", "W", "Hz", "kHz", "MHz", "GHz", "/s", "V",
  ]

  @Test("no number is cut or parted from its unit, whatever the size", arguments: [false, true])
  func panes(isTroubled: Bool) {
    let snapshot = Self.snapshots[isTroubled ? 1 : 0]
    let known = Self.everything[isTroubled ? 1 : 0]
    for width in 1...130 {
      for height in [1, 2, 4, 5, 6, 7, 9, 12, 16, 24, 40] {
        let word = Word.allCases[(width + height) % 6]
        let canvas = Self.drawn(snapshot, width, height, word, isZoomed: false)
        let torn = Self.torn(canvas, known)
        #expect(torn.isEmpty, "\(width)x\(height) \(torn)")
      }
    }
  }

  @Test("nor is one in a zoomed pane", arguments: Word.allCases)
  func zoomed(word: Word) {
    let snapshot = Self.snapshots[1]
    let known = Self.everything[1]
    for height in [5, 8, 12, 24, 40] {
      for width in Array(20...60) + Array(stride(from: 61 + height % 3, through: 130, by: 3)) {
        let torn = Self.torn(Self.drawn(snapshot, width, height, word, isZoomed: true), known)
        #expect(torn.isEmpty, "\(width)x\(height) \(torn)")
      }
    }
  }
}
