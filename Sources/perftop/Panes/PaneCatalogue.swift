import Monitors

/// The one place that knows which pane shows which of the six.
enum PaneCatalogue {
  /// The pane of a word, for what is on the screen.
  static func pane(
    _ word: Word, _ snapshot: Snapshot, _ view: ViewState, _ keymap: Keymap = .standard
  ) -> any Pane {
    let context = context(word, snapshot, view, keymap)
    return switch word {
    case .memory: MemoryPane(reading: snapshot.memory, context: context)
    case .storage: StoragePane(reading: snapshot.storage, context: context)
    case .batching: BatchingPane(reading: snapshot.batching, context: context)
    case .quality: QualityPane(reading: snapshot.quality, context: context)
    case .thermal: ThermalPane(reading: snapshot.thermal, context: context)
    case .alerts: AlertsPane(reading: snapshot.alerts, context: context)
    }
  }

  /// What a pane is told besides its reading.
  static func context(
    _ word: Word, _ snapshot: Snapshot, _ view: ViewState, _ keymap: Keymap = .standard
  ) -> PaneContext {
    let isZoomed = view.isZoomed && word == view.focus
    return PaneContext(
      key: keymap.focusKey(of: word), isFocused: word == view.focus, isZoomed: isZoomed,
      scroll: view.scroll, now: snapshot.sample.moment, interval: snapshot.health.interval,
      times: snapshot.times, marks: snapshot.marks, noTarget: snapshot.watching.sentence(keymap),
      isSimulated: snapshot.sample.host.isSimulated || snapshot.thermal.isSimulated,
      selectedAlert: view.selectedAlert, trend: isZoomed ? snapshot.judgement.trend(of: word) : "",
      expected: expected(word, snapshot.judgement, isZoomed: isZoomed))
  }
}

extension PaneCatalogue {
  private static let worthSaying = 7 * 86400.0

  /// What runs out of what the pane shows, within a week; zoomed, also what does not, and of what nobody can say.
  private static func expected(
    _ word: Word, _ judgement: JudgementReading, isZoomed: Bool
  ) -> [Label] {
    let kinds: [Forecast.Kind] =
      switch word {
      case .storage: [.disk, .inodes, .descriptors]
      case .thermal: [.throttling]
      case .memory, .batching, .quality, .alerts: []
      }
    guard !kinds.isEmpty else { return [] }
    var labels: [Label] = []
    for forecast in judgement.forecasts where kinds.contains(forecast.kind) {
      let isNear = forecast.median < worthSaying
      guard isNear || isZoomed else { continue }
      labels.append(Label(forecast.words, isNear ? .severity(.warning) : .dim))
    }
    return labels
  }
}

extension Keymap {
  /// The key that focuses a pane, where it has one.
  fileprivate func focusKey(of word: Word) -> Printable {
    Action(focusing: word).flatMap { keys(for: $0).first?.name } ?? ""
  }
}

extension WatchState {
  /// Why there is no target; `nil` while there is one.
  func sentence(_ keymap: Keymap) -> Printable? {
    switch self {
    case .machineOnly: "no process chosen; \(keymap.name(of: .pick)) lists them all"
    case .watching: nil
    case .waiting(let what): "waiting for \(what)"
    case .ended(let what, .unknown, let at): "ended\(when(at)): \(what), nobody says how"
    case .ended(let what, let end, let at): "ended\(when(at)): \(what) \(end.words)"
    }
  }

  /// The time of day, which stays true while the screen is left alone.
  private func when(_ wall: Int64?) -> Printable {
    wall.map { " at \(Units.clock(wall: $0))" } ?? ""
  }
}
