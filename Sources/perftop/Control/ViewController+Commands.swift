import Monitors

/// What changes more than the screen.
extension ViewController {
  mutating func command(_ action: Action, seeing snapshots: [Snapshot]) -> [Effect] {
    let scene = scene(snapshots)
    switch action {
    case .acknowledgeAll: return [.command(.acknowledgeAll)]
    case .undo: return [.command(.undo)]
    case .acknowledge:
      guard let alert = chosenAlert(in: scene, to: action) else { return [] }
      return [.command(.acknowledge(alert.id, of: alert.key))]
    case .shelve:
      if let alert = chosenAlert(in: scene, to: action) {
        view.overlay = .shelve(alert: alert.id)
        view.message = ViewController.question
      }
      return []
    case .faster, .slower: return changeInterval(isShorter: action == .faster, in: scene)
    default: return []
    }
  }

  private mutating func changeInterval(isShorter: Bool, in scene: Scene) -> [Effect] {
    let current = Interval.current(scene)
    guard let next = Interval.step(from: current, isShorter: isShorter) else { return [] }
    return ask(forInterval: next)
  }

  mutating func ask(forInterval seconds: Double) -> [Effect] {
    view.askedInterval = seconds
    view.hasSetInterval = true
    view.message = "interval \(Interval.text(seconds)) s"
    return [.command(.interval(seconds))]
  }

  /// The selected alert. Where none is, or it is over, nothing is done to another one in its place: it is selected, and asked for.
  mutating func chosenAlert(in scene: Scene, to action: Action) -> Alert? {
    let alerts = scene.snapshot?.alerts.active ?? []
    if let selected = alerts.first(where: { $0.id == view.selectedAlert }) { return selected }
    let isOver = view.selectedAlert != nil
    guard let next = alerts.first(where: { $0.state == .firing }) ?? alerts.first else {
      return nil
    }
    if alerts.count == 1, !isOver { return next }
    focus(.alerts)
    view.selectedAlert = next.id
    let before: Printable = isOver ? "that alert is over; " : ""
    view.message = "\(before)\(keymap.name(of: action)) again for: \(next.message)"
    return nil
  }

  /// Does the first thing that the selected alert advises and a key does.
  mutating func follow(seeing snapshots: [Snapshot], on page: Page) -> [Effect] {
    let alerts = scene(snapshots).snapshot?.alerts.active ?? []
    // What is shown is what is done: never what another alert advises.
    let isOver = view.selectedAlert.map { id in !alerts.contains { $0.id == id } } ?? false
    guard !isOver, let alert = alerts.first(where: { $0.id == view.selectedAlert }) ?? alerts.first
    else {
      view.message = isOver ? "that alert is over" : "there is no alert"
      return []
    }
    guard let (line, step) = AlertStep.first(of: alert) else {
      view.message =
        alert.actions.first.map { "no key does what is advised: \($0)" } ?? "nothing is advised"
      return []
    }
    var effects: [Effect] = []
    for action in step.actions { effects += apply(action, seeing: snapshots, on: page) }
    if view.message == nil { view.message = line }
    return effects
  }

  /// The journal may have given the selected alert another id: the selection goes with it.
  mutating func followAlert(_ snapshots: [Snapshot]) {
    guard let id = view.selectedAlert else { return }
    let alerts = scene(snapshots).snapshot?.alerts.active ?? []
    guard !alerts.contains(where: { $0.id == id }),
      let renamed = alerts.first(where: { $0.formerID == id })
    else { return }
    view.selectedAlert = renamed.id
    if view.overlay == .shelve(alert: id) { view.overlay = .shelve(alert: renamed.id) }
  }

  private static let question: Printable =
    "shelve for 1=10m 2=30m 3=2h 4=8h esc=no"

  private static let minute = 60.0
  private static let durations: [Key: Double] = [
    .character("1"): 10 * minute, .character("2"): 30 * minute, .character("3"): 120 * minute,
    .character("4"): 480 * minute,
  ]

  /// Takes the key that answers for how long.
  mutating func answer(_ key: Key, alert id: String, seeing snapshots: [Snapshot]) -> [Effect] {
    if key == .escape || keymap.action(for: key) == .quit {
      view.overlay = .none
      return []
    }
    guard let seconds = ViewController.durations[key] else {
      view.message = ViewController.question
      return []
    }
    view.overlay = .none
    let alert = scene(snapshots).snapshot?.alerts.active.first { $0.id == id }
    return [.command(.shelve(id, of: alert?.key, seconds: seconds))]
  }
}
