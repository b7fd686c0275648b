import Monitors

extension Action {
  /// Why it can't be done on this scene, as a sentence that begins with its name; `nil` when it can.
  func whyNot(in scene: Scene) -> Printable? {
    reason(in: scene).map { "\(Printable(name)): \($0)" }
  }

  private func reason(in scene: Scene) -> Printable? {
    if kind == .target, scene.view.isReadOnly { return "refused, this session is read-only" }
    if scene.view.isPicking, place != .everywhere || isOfList { return listReason(scene) }
    if place == .picker { return "only in the list of processes; p opens it" }
    switch self {
    case .zoom where scene.view.isZoomed: return "already zoomed; esc goes back"
    case .down, .up, .pageDown, .pageUp, .first, .last: return movingReason(scene)
    case .search: return Action.isScrolling(scene) ? nil : "zoom a pane first, with enter"
    case .nextMatch, .previousMatch:
      return scene.view.search == nil ? "nothing is being searched for; / begins" : nil
    case .nextTarget, .previousTarget:
      return scene.snapshots.count > 1 ? nil : "only one target is watched"
    case .acknowledge, .acknowledgeAll, .shelve: return alertReason(scene)
    case .faster, .slower: return intervalReason(scene)
    default: return targetReason ?? laterReason
    }
  }

  /// Whether there is text that scrolls on the screen.
  static func isScrolling(_ scene: Scene) -> Bool {
    scene.view.overlay == .help || scene.view.isZoomed
  }

  /// Whether it has a meaning of its own in the list of processes.
  private var isOfList: Bool {
    switch self {
    case .down, .up, .pageDown, .pageUp, .first, .last, .search: true
    default: false
    }
  }

  private func listReason(_ scene: Scene) -> Printable? {
    let picker = scene.view.picker
    switch self {
    case .fold, .unfold: return picker.plan.isTree ? nil : "only in the tree; t shows it"
    case .search, .sort, .reverseSort, .tree: return nil
    default:
      guard place != .panes else { return "not in the list of processes; esc closes it" }
      if sorted != nil || scene.view.overlay == .help { return nil }
      return picker.list.lines.isEmpty ? "there is no process in the list" : nil
    }
  }

  private func movingReason(_ scene: Scene) -> Printable? {
    if Action.isScrolling(scene) { return nil }
    guard scene.view.focus == .alerts else { return "zoom the pane first, with enter" }
    return scene.snapshot?.alerts.active.isEmpty == false ? nil : "there is no alert to select"
  }

  private func alertReason(_ scene: Scene) -> Printable? {
    guard let alerts = scene.snapshot?.alerts.active, !alerts.isEmpty else {
      return "there is no alert"
    }
    switch self {
    case .acknowledgeAll:
      return alerts.contains { $0.state == .firing } ? nil : "no alert is waiting for it"
    case .acknowledge:
      let selected = alerts.first { $0.id == scene.view.selectedAlert }
      return selected?.state == .acknowledged ? "already acknowledged; u takes it back" : nil
    default: return nil
    }
  }

  private func intervalReason(_ scene: Scene) -> Printable? {
    guard scene.snapshot != nil else { return "there is no reading yet" }
    guard Interval.step(from: Interval.current(scene), isShorter: self == .faster) == nil else {
      return nil
    }
    return self == .faster ? "this is the shortest; -d sets any other" : "this is the longest"
  }

  /// Whether nothing in this version lets it act, whatever is on the screen.
  var isLater: Bool { targetReason != nil || laterReason != nil }

  private var targetReason: Printable? {
    switch self {
    case .collect:
      "this target is not linked, and no other road to its garbage collector is open yet"
    case .evict: "this target is not linked, so its caches are not known"
    case .applyBatch: "this target is not linked, so it has no batch size that could be set"
    case .signal: "signals can't be sent from here yet; kill does it from a shell"
    case .qualityDown, .qualityUp, .qualityAutomatic:
      "this target is not linked, so it has no quality level that could be set"
    default: nil
    }
  }

  private var laterReason: Printable? {
    switch self {
    case .mark: "nothing is being recorded"
    case .record: "there is no recorder yet"
    case .stepForward, .stepBack, .goToTime, .goToBegin, .goLive:
      "this is live, not a recording"
    case .palette: "not there yet; ? lists every action with its key"
    default: nil
    }
  }
}

/// The intervals that keys step through.
enum Interval {
  private static let steps = [0.1, 0.2, 0.5, 1, 2, 5, 10, 30, 60]

  /// The interval in force, or the one asked for that is not in force yet.
  static func current(_ scene: Scene) -> Double {
    scene.view.askedInterval ?? scene.snapshot?.health.interval ?? 1
  }

  /// The next one; `nil` at the end.
  static func step(from interval: Double, isShorter: Bool) -> Double? {
    isShorter ? steps.last { $0 < interval } : steps.first { $0 > interval }
  }
}
