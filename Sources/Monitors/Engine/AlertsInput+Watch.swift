extension AlertsInput.Target {
  /// The same, in the words of alerts, which know nothing of how processes are watched.
  public init(_ watch: WatchState) {
    switch watch {
    case .machineOnly: self = .none
    case .watching: self = .watched
    case .waiting: self = .awaited
    case .ended(let who, let end, _):
      self = .ended(who: who, how: end.words, isFailure: AlertsInput.Target.isFailure(end))
    }
  }

  private static func isFailure(_ end: ProcessEnd) -> Bool? {
    switch end {
    case .exited(let code): code != 0
    case .signalled: true
    case .unknown: nil
    }
  }
}
