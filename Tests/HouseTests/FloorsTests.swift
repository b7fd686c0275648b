import TestSupport
import Testing

@Suite("The floors: whoever stands on one knows only those below")
struct FloorsTests {
  private static let five = ["Memory", "Storage", "Batching", "Quality", "Thermal"]
  /// Folders from the ground up; those of one line never see each other.
  static let monitors = [
    ["Vocabulary"], ["Statistics"], ["Host"], ["Probes"], five,
    ["Vitals", "Operations"], ["Judgement"],
    ["Alerts"], ["Config"], ["Journal"], ["Delivery"],
    ["Engine"], ["Control", "Link"], ["Consumers"], [""],
  ]
  static let perftop = [
    ["Canvas"], ["Theme"], ["Picker"], ["View"], ["Input"], ["Control"], ["Layout"], ["Panes"],
    ["Screen"],
    ["Terminal"], ["Loop"], ["Demo"], ["Commands"], [""],
  ]
  /// Engine/Crossing holds the locks: any floor that has a thread of its own may use it.
  private static let everywhere: Set<Substring> = [
    "Mailbox", "BoundedQueue", "Worker", "Threads", "FirstNeed",
  ]

  private let declaration = Regexes.make(
    #"^\s*(?:[a-z@()]+ )*(?:struct|class|enum|protocol|typealias|associatedtype) ([A-Z]\w*)"#)

  /// What the files declare: the outermost types alone, or the ones inside them too.
  private func declared(in files: [SourceFile], nested: Bool) -> Set<Substring> {
    let lines = files.flatMap(\.lines).filter { nested || $0.first != " " }
    return Set(lines.compactMap { $0.firstMatch(of: declaration)?.output[1].substring })
  }

  @Test("every folder has its floor")
  func complete() {
    let known = (Self.monitors + Self.perftop).joined()
    let folders = Set((SourceTree.monitors + SourceTree.perftop).map { String($0.folder) })
    #expect(folders.subtracting(known) == [])
  }

  @Test("no file mentions a type from a floor above, or from a room beside its own")
  func downwards() {
    for (files, floors) in [
      (SourceTree.monitors, Self.monitors), (SourceTree.perftop, Self.perftop),
    ] {
      for (height, floor) in floors.enumerated() {
        for room in floor {
          let own = files.filter { $0.folder == room }
          let others = files.filter { file in
            file.folder != room && floors[height...].joined().contains(String(file.folder))
          }
          // An associated type of a protocol far below may share its name with a type far above.
          let below = files.filter { floors[..<height].joined().contains(String($0.folder)) }
          let free = declared(in: own + below, nested: true).union(Self.everywhere)
          let forbidden = declared(in: others, nested: false).subtracting(free)
          for file in own { #expect(file.words.intersection(forbidden) == [], "\(file.path)") }
        }
      }
    }
  }

  @Test("a monitor has never heard of the machine")
  func pureMonitors() {
    let machine = SourceTree.monitors.filter { ["Host", "Probes"].contains($0.folder) }
    let forbidden = declared(in: machine, nested: false)
    for file in SourceTree.monitors
    where (Self.five + ["Judgement", "Alerts"]).contains(String(file.folder)) {
      #expect(file.words.intersection(forbidden) == [], "\(file.path)")
      #expect(!file.words.contains("Glibc"), "\(file.path)")
    }
  }

  @Test("a pane sees its own reading and no other, and never the snapshot")
  func modestPanes() {
    let readings = declared(in: SourceTree.monitors, nested: false).filter {
      $0.hasSuffix("Reading") && $0 != "Reading"
    }
    for file in SourceTree.perftop where file.folder == "Panes" && file.name.hasSuffix("Pane.swift")
    {
      let own = readings.filter {
        $0.dropLast("Reading".count) == file.name.dropLast("Pane.swift".count)
      }
      guard !own.isEmpty else { continue }
      #expect(file.words.intersection(readings).subtracting(own) == [], "\(file.path)")
      #expect(!file.words.contains("Snapshot"), "\(file.path)")
    }
  }
}

/// Patterns that are put together as text.
enum Regexes {
  static func make(_ pattern: String) -> Regex<AnyRegexOutput> {
    guard let regex = try? Regex(pattern) else {
      Issue.record("not a pattern: \(pattern)")
      return Regex(verbatim: pattern)
    }
    return regex
  }
}

extension Regex where Output == AnyRegexOutput {
  fileprivate init(verbatim: String) { self.init(Regex<Substring>(verbatim: verbatim)) }
}
