/// Which channels hear of what.
public enum DeliveryPolicy {
  /// The names of the channels that are owed a message about something that happened to an alert.
  ///
  /// A rule that names channels of its own is obeyed, whatever those want otherwise; the end is told to those who know
  /// of the beginning; what a person did is told to nobody.
  ///
  /// - Parameter told: The channels that were owed a message about this alert before; `nil` where that is not known, and
  ///   those count that would have wanted it.
  public static func recipients(
    of transition: AlertTransition, channels: [ChannelSettings], told: Set<String>? = nil
  ) -> [String] {
    let alert = transition.alert
    switch transition.kind {
    case .acknowledged, .shelved, .undone, .noted: return []
    case .resolved, .ended:
      return channels.filter { channel in
        channel.tellsEnd
          && (told?.contains(channel.name) ?? wants(channel, transition))
      }.map(\.name)
    case .fired, .reopened, .escalated, .repeated:
      guard alert.state != .shelved else { return [] }
      return channels.filter { wants($0, transition) }.map(\.name)
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
