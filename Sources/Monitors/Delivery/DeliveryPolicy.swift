/// Which channels hear of what.
public enum DeliveryPolicy {
  /// The keys of the channels that are owed a message about something that happened to an alert.
  ///
  /// A rule that names channels of its own is obeyed, whatever those want otherwise; the end is told to those who know
  /// of the beginning; what a person did is told to nobody.
  /// Where it is not known who that is, those count that would have wanted it.
  public static func recipients(
    of transition: AlertTransition, channels: [ChannelSettings]
  ) -> [String] {
    let alert = transition.alert
    switch transition.kind {
    case .acknowledged, .shelved, .undone, .noted: return []
    case .resolved, .ended:
      return channels.filter { channel in
        channel.tellsEnd
          && (transition.told?.contains(channel.key) ?? wants(channel, transition))
      }.map(\.key)
    case .fired, .reopened, .escalated, .repeated:
      guard alert.state != .shelved else { return [] }
      return channels.filter { wants($0, transition) }.map(\.key)
    }
  }

  private static func wants(_ channel: ChannelSettings, _ transition: AlertTransition) -> Bool {
    if transition.widened.contains(channel.name) { return true }
    if let named = transition.channels { return named.contains(channel.name) }
    let alert = transition.alert
    return alert.severity >= channel.severity
      && (channel.categories.isEmpty || channel.categories.contains(alert.category))
  }
}
