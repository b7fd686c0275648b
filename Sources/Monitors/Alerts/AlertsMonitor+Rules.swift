/// Which rules watch, and going by others.
extension AlertsMonitor {
  static func posts(_ rules: [AlertRule], _ settings: AlertsConfig?) -> [Post] {
    let sorted = RuleOrder.sorted(rules)
    let inhibitors = RuleOrder.inhibitors(sorted)
    return sorted.indices.map { place in
      var rule = sorted[place]
      if settings?.disabled.contains(rule.name) == true { rule.isEnabled = false }
      var post = Post(rule, settings)
      post.inhibitors = inhibitors[place]
      return post
    }
  }

  static func places(_ posts: [Post]) -> [String: Int] {
    Dictionary(posts.enumerated().map { ($0.element.rule.name, $0.offset) }) { first, _ in first }
  }

  /// Goes by other settings from now on: alerts of rules that stay live on, those of others end.
  public mutating func configure(_ settings: AlertsConfig) {
    var next = AlertsMonitor.posts(AlertRules.all(settings), settings)
    let places = AlertsMonitor.places(next)
    let now = last ?? Moment(nanoseconds: 0)
    for post in posts.indices {
      let place = places[posts[post].rule.name]
      guard let place, next[place].isEnabled,
        next[place].rule.metric == posts[post].rule.metric
      else {
        clear(post, at: now)
        if let place { next[place].number = posts[post].number }
        continue
      }
      next[place].keep(posts[post])
    }
    // What has ended is about what was watched until now, and is told with the next tick.
    owed += transitions.filter { $0.serial == 0 && $0.kind == .ended && $0.at == now }
    transitions.removeAll { $0.serial == 0 && $0.kind == .ended && $0.at == now }
    posts = next
    self.places = places
    watching = posts.count { $0.isEnabled }
  }
}

extension AlertsMonitor.Post {
  /// Goes on where the same rule stood before.
  fileprivate mutating func keep(_ before: AlertsMonitor.Post) {
    watches = before.watches
    number = before.number
    for place in watches.indices {
      watches[place].machine.pace = pace
      watches[place].machine.severityAtFirst = rule.severity
      if !watches[place].machine.isFiring { watches[place].machine.severity = rule.severity }
    }
  }
}
