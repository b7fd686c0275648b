/// How alerts begin and end.
extension AlertsMonitor {
  private static let keptResolved = 50
  private static let keptOthers = 256
  /// Things of one rule that are watched at once.
  static let mostLabels = 64
  /// What has not been there for so long is gone.
  private static let labelLasts = 300.0

  /// Gives a new alert its name; one that was only pending gives its number back.
  mutating func name(_ spot: Spot) {
    let machine = self[spot].machine
    if machine.phase == .well {
      giveBack(spot)
    } else if machine.episode != self[spot].episode {
      posts[spot.post].number += 1
      self[spot].id = "\(posts[spot.post].rule.name)-\(posts[spot.post].number)"
      self[spot].formerID = nil
      self[spot].episode = machine.episode
      self[spot].worst = nil
      self[spot].trace = AlertTrace()
      self[spot].note = nil
    }
  }

  /// A pending alert that never fired uses up no number, where no later one has been given out.
  private mutating func giveBack(_ spot: Spot) {
    let watch = self[spot]
    guard watch.episode == watch.machine.episode, watch.machine.episode > 0,
      !watch.machine.hasFired,
      watch.id == "\(posts[spot.post].rule.name)-\(posts[spot.post].number)"
    else { return }
    posts[spot.post].number -= 1
    self[spot].episode = 0
  }

  /// Keeps a transition, and what the alert was at that time.
  mutating func add(
    _ kind: AlertTransition.Kind, _ spot: Spot, _ given: Alert? = nil, at now: Moment,
    by who: Printable? = nil
  ) {
    transitions.append(transition(kind, spot, given, at: now, by: who))
    self[spot].isUntold = true
  }

  /// The same between two ticks.
  mutating func owe(
    _ kind: AlertTransition.Kind, _ spot: Spot, _ given: Alert? = nil, at now: Moment,
    by who: Printable? = nil
  ) {
    owed.append(transition(kind, spot, given, at: now, by: who))
    self[spot].isUntold = true
  }

  func transition(
    _ kind: AlertTransition.Kind, _ spot: Spot, _ given: Alert?, at now: Moment, by who: Printable?
  ) -> AlertTransition {
    var transition = AlertTransition(kind, at: now, alert: given ?? alert(spot), by: who)
    transition.channels = posts[spot.post].rule.notify
    if self[spot].machine.isWidened { transition.widened = posts[spot.post].rule.widen }
    transition.isHearsay = self[spot].machine.isHearsay
    return transition
  }

  /// Ends an alert whose trouble is over.
  mutating func finish(_ spot: Spot, at now: Moment) {
    let alert = alert(spot)
    let notice = self[spot].machine.close(at: now)
    if notice != nil {
      let ended = ended(spot, alert, at: now)
      remember(ended)
      add(.resolved, spot, ended, at: now)
    }
    self[spot].worst = nil
  }

  /// Ends an alert whose subject is gone; one that a person must see stays until then.
  private mutating func retire(_ spot: Spot, at now: Moment) {
    guard self[spot].machine.isFiring else { return }
    var alert = alert(spot)
    let machine = self[spot].machine
    let isHeard = machine.wasAnnounced && !machine.isHushed
    if isHeard, machine.pace.isLatching, machine.acknowledgement == nil {
      alert.clearingSince = alert.clearingSince ?? now
      alert.clearsIn = nil
      return hold(alert)
    }
    let ended = ended(spot, alert, at: now)
    remember(ended)
    if isHeard { add(.ended, spot, ended, at: now) }
  }

  private mutating func hold(_ alert: Alert) {
    guard others[alert.key] != nil || others.count < AlertsMonitor.keptOthers else { return }
    others[alert.key] = alert
    held.insert(alert.key)
  }

  /// What is left of an alert: its worst moment.
  func ended(_ spot: Spot, _ alert: Alert, at now: Moment) -> Alert {
    var ended = alert
    ended.state = .resolved
    ended.ended = now
    ended.clearingSince = nil
    ended.clearsIn = nil
    guard let worst = self[spot].worst else { return ended }
    ended.value = worst.value
    ended.message = worst.message
    return ended
  }

  mutating func remember(_ alert: Alert) {
    if resolved.count == AlertsMonitor.keptResolved { resolved.removeLast() }
    resolved.insert(alert, at: 0)
  }

  /// Ends all alerts of a rule, and forgets what was seen.
  mutating func clear(_ post: Int, at now: Moment) {
    for watch in posts[post].watches.indices {
      let spot = Spot(post: post, watch: watch)
      retire(spot, at: now)
      name(spot)
      self[spot].machine.reset()
      self[spot].missing = 0
      self[spot].wasSeen = false
      self[spot].worst = nil
    }
    posts[post].dropped = 0
    if posts[post].rule.readEach != nil { posts[post].watches = [] }
  }
}

/// Rules about several things with names.
extension AlertsMonitor {
  /// Only what is or was in trouble has a watch; what has gone keeps it for a while.
  mutating func stepEach(
    _ post: Int, _ each: AlertRule.EachReader, _ input: AlertsInput, _ time: Time
  ) {
    posts[post].dropped = 0
    var next = 0
    each(input) { label, evidence in
      let isNext = next < posts[post].watches.count && posts[post].watches[next].label == label
      guard let place = isNext ? next : place(of: label, post, evidence) else { return }
      next = place + 1
      guard posts[post].watches[place].tick != tick else { return }
      posts[post].watches[place].tick = tick
      posts[post].watches[place].goneSince = nil
      judge(evidence, Spot(post: post, watch: place), input, time)
    }
    for place in posts[post].watches.indices.reversed()
    where posts[post].watches[place].tick != tick {
      leave(Spot(post: post, watch: place), input, time)
    }
  }

  /// The watch of a thing, a new one where it is in trouble and there is room.
  private mutating func place(
    of label: Printable, _ post: Int, _ evidence: AlertRule.Evidence?
  ) -> Int? {
    if let place = posts[post].place(of: label) { return place }
    guard posts[post].rule.verdict(evidence) == .bad else { return nil }
    if posts[post].watches.count >= AlertsMonitor.mostLabels {
      guard let place = posts[post].watches.firstIndex(where: { $0.machine.isAtRest }) else {
        posts[post].dropped += 1
        return nil
      }
      posts[post].watches[place] = Watch(
        posts[post].rule, pace: posts[post].pace, label: label)
      return place
    }
    posts[post].watches.append(
      Watch(posts[post].rule, pace: posts[post].pace, label: label))
    return posts[post].watches.count - 1
  }

  /// A thing that is not there says nothing; after a while its alert ends.
  private mutating func leave(_ spot: Spot, _ input: AlertsInput, _ time: Time) {
    let since = self[spot].goneSince ?? time.now
    self[spot].goneSince = since
    guard time.now.seconds(since: since) >= AlertsMonitor.labelLasts || self[spot].machine.isAtRest
    else { return judge(nil, spot, input, time) }
    retire(spot, at: time.now)
    posts[spot.post].watches.remove(at: spot.watch)
  }
}
