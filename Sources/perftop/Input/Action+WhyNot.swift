import Monitors

extension Action {
  /// Why it can't be done on this scene, as a sentence that begins with its name; `nil` when it can.
  func whyNot(in scene: Scene) -> Printable? {
    reason(in: scene).map { "\(Printable(name)): \($0)" }
  }

  /// The same without the name.
  func reason(in scene: Scene) -> Printable? {
    if kind == .target, scene.view.isReadOnly { return "refused, this session is read-only" }
    if let covered = coveredReason(scene) { return covered }
    if !scene.view.overlay.isText, scene.view.isPicking, place == .picker || isOfList {
      return listReason(scene)
    }
    switch self {
    case .zoom: return zoomReason(scene)
    case .down, .up, .pageDown, .pageUp, .first, .last: return movingReason(scene)
    case .search: return searchReason(scene)
    case .nextMatch, .previousMatch: return matchReason(scene)
    case .freeze:
      return scene.snapshot == nil && scene.view.frozen == nil ? Action.noReading : nil
    case .nextTarget, .previousTarget:
      return scene.snapshots.count > 1 ? nil : "only one target is watched"
    case .acknowledge, .acknowledgeAll, .shelve: return alertReason(scene)
    case .faster, .slower: return intervalReason(scene)
    case .stepForward, .stepBack, .goToTime, .goToBegin, .goLive:
      return "this is live, not a recording"
    case .operations, .history, .judgement:
      return scene.snapshot == nil ? Action.noReading : nil
    default: return targetReason(scene) ?? laterReason
    }
  }

  private static let noReading: Printable = "there is no reading yet"

  /// Whether it does something while help lies over the panes.
  var worksInHelp: Bool { place == .everywhere || self == .nextMatch || self == .previousMatch }

  /// What lies over the panes takes their keys.
  private func coveredReason(_ scene: Scene) -> Printable? {
    let back = scene.keymap.name(of: .back)
    switch scene.view.overlay {
    case .help: return worksInHelp ? nil : "help is open; \(back) closes it"
    case .sheet:
      let works = worksInHelp || kind == .target || sheet != nil || self == .freeze
      return works ? nil : "a list is open; \(back) closes it"
    default: break
    }
    if scene.view.isPicking {
      return place == .panes ? "not in the list of processes; \(back) leaves it" : nil
    }
    guard place == .picker else { return nil }
    return "only in the list of processes; \(scene.keymap.name(of: .pick)) opens it"
  }

  /// Whether there is text that scrolls on the screen.
  static func isScrolling(_ scene: Scene) -> Bool {
    scene.view.overlay.isText || scene.view.isZoomed && scene.hasPanes
  }

  private func zoomReason(_ scene: Scene) -> Printable? {
    if scene.view.isZoomed, scene.view.focus == .alerts, Action.hasAlerts(scene) { return nil }
    if scene.view.isZoomed { return "already zoomed; \(scene.keymap.name(of: .back)) goes back" }
    if scene.snapshot == nil { return Action.noReading }
    let least = Scene.smallest
    return scene.hasPanes ? nil : "no room; it takes \(least.width)x\(least.height) at least"
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
    case .fold, .unfold:
      return picker.plan.isTree
        ? nil : "only in the tree; \(scene.keymap.name(of: .tree)) shows it"
    case .search, .sort, .reverseSort, .tree: return nil
    default:
      return sorted == nil && picker.list.lines.isEmpty ? "there is no process in the list" : nil
    }
  }

  private func movingReason(_ scene: Scene) -> Printable? {
    if Action.isScrolling(scene) { return nil }
    guard scene.view.focus == .alerts else { return Action.zoomFirst(scene) }
    return Action.hasAlerts(scene) ? nil : "there is no alert to select"
  }

  private func searchReason(_ scene: Scene) -> Printable? {
    if Action.isScrolling(scene) { return nil }
    guard scene.view.focus == .alerts else { return Action.zoomFirst(scene) }
    return Action.hasAlerts(scene) ? nil : "there is no alert to search among"
  }

  private func matchReason(_ scene: Scene) -> Printable? {
    guard scene.view.search == nil else { return searchReason(scene) }
    return "no search; \(scene.keymap.name(of: .search)) begins one"
  }

  private static func zoomFirst(_ scene: Scene) -> Printable {
    "zoom the pane first, with \(scene.keymap.name(of: .zoom))"
  }

  private static func hasAlerts(_ scene: Scene) -> Bool {
    scene.snapshot?.alerts.active.isEmpty == false
  }

  private func alertReason(_ scene: Scene) -> Printable? {
    guard let alerts = scene.snapshot?.alerts.active, !alerts.isEmpty else {
      return "there is no alert"
    }
    switch self {
    case .acknowledgeAll:
      return alerts.contains { $0.state == .firing } ? nil : "no alert is waiting for it"
    case .acknowledge: return acknowledgeReason(alerts, scene)
    default: return nil
    }
  }

  private func acknowledgeReason(_ alerts: [Alert], _ scene: Scene) -> Printable? {
    let undo = scene.keymap.name(of: .undo)
    switch alerts.first(where: { $0.id == scene.view.selectedAlert })?.state {
    case .acknowledged: return "already acknowledged; \(undo) takes it back"
    case .pending: return "that alert is not firing yet"
    case .shelved: return "that alert is shelved; \(undo) takes it back"
    case .firing, .resolved: return nil
    case nil: return alerts.contains { $0.state == .firing } ? nil : "no alert is waiting for it"
    }
  }

  private func intervalReason(_ scene: Scene) -> Printable? {
    guard scene.snapshot != nil else { return Action.noReading }
    guard Interval.step(from: Interval.current(scene), isShorter: self == .faster) == nil else {
      return nil
    }
    return self == .faster ? "this is the shortest; -d sets any other" : "this is the longest"
  }
}

/// What nothing on the screen could change.
extension Action {
  /// Whether nothing in this version lets it act, whatever is on the screen.
  var isLater: Bool {
    switch self {
    case .stepForward, .stepBack, .goToTime, .goToBegin, .goLive: true
    default: laterReason != nil
    }
  }

  /// Which roads there are only the target's controller knows, and says so; what can't be done by any is said here.
  private func targetReason(_ scene: Scene) -> Printable? {
    guard kind == .target, let snapshot = scene.snapshot else { return nil }
    switch snapshot.watching {
    case .machineOnly: return "no process is watched"
    case .waiting: return "the target is not there yet"
    case .ended: return "the target has ended"
    case .watching:
      if let absence = snapshot.sample.target.absence { return absence.sentence }
      return self == .applyBatch ? batchReason(snapshot, scene) : nil
    }
  }

  private func batchReason(_ snapshot: Snapshot, _ scene: Scene) -> Printable? {
    guard let link = snapshot.sample.link.value else { return "the target is not linked" }
    guard link.offers.contains(.batch) else { return "the target does not ask for its batch size" }
    return scene.suggestedBatch == nil ? "no size is suggested yet" : nil
  }

  private var laterReason: Printable? {
    switch self {
    case .mark: "nothing is being recorded"
    case .record: "there is no recorder yet"
    default: nil
    }
  }
}
