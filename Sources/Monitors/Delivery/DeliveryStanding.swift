/// How the delivery of alerts goes, channel by channel.
public struct DeliveryStanding: Sendable, Equatable {
  /// One channel.
  public struct Channel: Sendable, Equatable {
    /// `pager`.
    public var name: Printable
    /// `mail`.
    public var kind: Printable
    /// Messages that are not sent yet.
    public var waiting: Int
    /// Messages that were sent within the last day.
    public var sent: Int
    /// Messages that were given up within the last day.
    public var givenUp: Int
    /// When this program last sent something by it; `nil` where it has not.
    public var lastSent: Moment?
    /// Since when nothing was taken; `nil` while all is well.
    public var failingSince: Moment?
    /// Why the last one was not.
    public var why: Printable?

    /// How a channel stands by what a store counts.
    public init(_ settings: ChannelSettings, _ tally: DeliveryTally) {
      name = Printable(settings.name)
      kind = Printable(settings.kind)
      waiting = tally.pending
      sent = tally.sent
      givenUp = tally.givenUp
      why = tally.pending > 0 || tally.givenUp > 0 ? tally.lastFailure : nil
    }

    /// `pager: 3 sent, 2 waiting; failing: the server answered 503`.
    public var words: Printable {
      var counts = ["\(sent) sent"]
      if waiting > 0 { counts.append("\(waiting) waiting") }
      if givenUp > 0 { counts.append("\(givenUp) given up") }
      let end = why.map { "; \(waiting > 0 ? "failing" : "last failure"): \($0)" } ?? ""
      return Printable("\(name): \(counts.joined(separator: ", "))\(end)")
    }

    /// Whether something is owed that could not be delivered.
    public var isFailing: Bool { failingSince != nil || waiting > 0 && why != nil }
  }

  /// In the order of the settings.
  public var channels: [Channel]
  /// What the machine lacks for it; `nil` where it lacks nothing.
  public var lack: Printable?

  /// Puts them together.
  public init(channels: [Channel] = [], lack: Printable? = nil) {
    self.channels = channels
    self.lack = lack
  }

  /// What a store counts, for who sends nothing himself.
  public init(_ settings: [ChannelSettings], tallies: [String: DeliveryTally]) {
    channels = settings.map { Channel($0, tallies[$0.key] ?? DeliveryTally()) }
    lack = Deliverer.lack(of: settings)
  }

  /// All of it on one line, for a pane: what goes wrong first; empty where nothing is set up.
  public var line: Printable {
    if let lack { return lack }
    guard !channels.isEmpty else { return "" }
    let failing = channels.filter(\.isFailing)
    return Printable(
      (failing.isEmpty ? channels : failing).map(\.words.text).joined(separator: " · "))
  }
}
