import Monitors

/// What the list keeps about a process from one reading to the next.
struct RosterNote: Sendable, Equatable {
  let identity: ProcessKey
  /// In percent of one processor.
  var cpu = CalmFigure()
  /// In bytes.
  var memory = CalmFigure()
  /// In bytes a minute.
  var growth = CalmFigure()
  /// In bytes a second.
  var io = CalmFigure()
  /// Monotonic nanoseconds since which its memory has been seen growing; 0 while it is not.
  var growsSince: Int64 = 0
  /// What it is sorted by; stands still between two sortings.
  var held = CalmFigure.missing
  /// Whether the filter lets it through.
  var isMatch = true
  /// Whether it was never sorted and filtered.
  var isNew = true

  init(identity: ProcessKey) { self.identity = identity }

  private static let cpuPace = CalmFigure.Pace(weight: 0.2, leap: 5, leapShare: 0.4)
  private static let memoryPace = CalmFigure.Pace(digits: 3)
  private static let growthPace = CalmFigure.Pace(digits: 2, least: 1000)
  private static let ioPace = CalmFigure.Pace(
    weight: 0.3, leap: 1000, leapShare: 0.5, digits: 2, least: 1)
  private static let secondsPerMinute = 60.0

  /// Takes what was measured last.
  mutating func take(_ row: RosterRow, at moment: Moment) {
    cpu.settle(row.cpu.map { $0 * 100 }, RosterNote.cpuPace)
    memory.settle(Double(row.resident.count), RosterNote.memoryPace)
    growth.settle(row.growth.map { $0 * RosterNote.secondsPerMinute }, RosterNote.growthPace)
    io.settle(row.io.value, RosterNote.ioPace)
    if growth.shown <= 0 {
      growsSince = 0
    } else if growsSince == 0 {
      growsSince = max(1, moment.nanoseconds)
    }
  }

  /// The figure that a sort goes by; `missing` for one that goes by text.
  func figure(_ sort: RosterSort) -> Double {
    switch sort {
    case .cpu: cpu.shown
    case .memory: memory.shown
    case .growth: growth.shown
    case .io: io.shown
    case .name: CalmFigure.missing
    }
  }

  /// Follows the figure it is sorted by, once the difference is worth a move on the screen.
  mutating func hold(_ sort: RosterSort, isForced: Bool) {
    let now = figure(sort)
    guard !isForced, held != CalmFigure.missing, now != CalmFigure.missing, held != 0, now != 0
    else {
      held = now
      return
    }
    if abs(now - held) > max(RosterNote.worth(sort), 0.2 * abs(held)) { held = now }
  }

  /// The least difference that moves a row.
  private static func worth(_ sort: RosterSort) -> Double {
    switch sort {
    case .cpu: 2
    case .memory: 1e6
    case .growth: 50_000
    case .io: 10_000
    case .name: 0
    }
  }
}
