import Testing

@testable import Monitors

@Suite("Who hears of an alert")
struct DeliveryPolicyTests {
  private static func channel(_ name: String, _ severity: Severity) -> ChannelSettings {
    var channel = ChannelSettings(name: name, means: .command(["/bin/true"]))
    channel.severity = severity
    return channel
  }

  private let channels = [channel("all", .info), channel("pager", .critical)]

  private func heard(
    _ kind: AlertTransition.Kind, _ severity: Severity, told: Set<String>? = nil,
    change: (inout AlertTransition) -> Void = { _ in }
  ) -> [String] {
    let alert = Deliveries.alert("a-1", severity)
    var transition = AlertTransition(kind, at: Deliveries.start, alert: alert)
    transition.told = told.map(keys)
    change(&transition)
    return names(DeliveryPolicy.recipients(of: transition, channels: channels))
  }

  private func keys(_ names: Set<String>) -> Set<String> {
    Set(channels.filter { names.contains($0.name) }.map(\.key))
  }

  private func names(_ keys: [String]) -> [String] {
    channels.filter { keys.contains($0.key) }.map(\.name)
  }

  @Test(
    "what begins, comes back, gets worse or lasts is told from the channel's severity on",
    arguments: [AlertTransition.Kind.fired, .reopened, .escalated, .repeated])
  func begun(_ kind: AlertTransition.Kind) {
    #expect(heard(kind, .warning) == ["all"])
    #expect(heard(kind, .critical) == ["all", "pager"])
  }

  @Test("the end is told to those who know of the beginning, and want to know")
  func ended() {
    #expect(heard(.resolved, .critical, told: ["pager"]) == ["pager"])
    #expect(heard(.ended, .critical, told: []) == [])
    // Where nobody knows, those who would have wanted it.
    #expect(heard(.ended, .warning) == ["all"])
    // It was told when it was worse.
    #expect(heard(.resolved, .info, told: ["pager"]) == ["pager"])
    var quiet = channels
    quiet[0].tellsEnd = false
    let alert = Deliveries.alert()
    var transition = AlertTransition(.resolved, at: Deliveries.start, alert: alert)
    transition.told = keys(["all", "pager"])
    #expect(names(DeliveryPolicy.recipients(of: transition, channels: quiet)) == ["pager"])
  }

  @Test(
    "what people do to it is told to nobody",
    arguments: [AlertTransition.Kind.acknowledged, .shelved, .undone, .noted])
  func done(_ kind: AlertTransition.Kind) {
    #expect(heard(kind, .emergency, told: ["all", "pager"]) == [])
  }

  @Test("a rule's own channels come before what channels want; those that there are not are none")
  func named() {
    #expect(heard(.fired, .info) { $0.channels = ["pager", "gone"] } == ["pager"])
    #expect(heard(.fired, .emergency) { $0.channels = [] } == [])
  }

  @Test("what nobody attends to is told to more channels, whatever those want")
  func widened() {
    #expect(heard(.repeated, .warning) { $0.widened = ["pager"] } == ["all", "pager"])
    #expect(
      heard(.escalated, .critical) {
        $0.channels = ["all"]
        $0.widened = ["pager"]
      } == ["all", "pager"])
  }

  @Test("a channel hears of its categories, and of nothing that is shelved")
  func categories() {
    var thermal = channels
    thermal[0].categories = [.thermal]
    let alert = Deliveries.alert()
    let transition = AlertTransition(.fired, at: Deliveries.start, alert: alert)
    #expect(DeliveryPolicy.recipients(of: transition, channels: thermal) == [])
    #expect(heard(.repeated, .critical) { $0.alert.state = .shelved } == [])
  }
}
