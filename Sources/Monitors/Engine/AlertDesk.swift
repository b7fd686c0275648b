/// Where alerts go beyond this program: the list that all screens share, and the channels that want to hear of them.
///
/// Costs nothing until there is something to keep, or somebody to tell.
public struct AlertDesk: Sendable {
  let journal: JournalDesk
  let courier: Courier
  private let place: JournalPlace?
  private let tellsOthers: Bool
  private let isCourierNeeded: FirstNeed

  /// Keeps the list in a place, or in memory where there is none; what is not real is told to no channel.
  public init(host: Host, _ config: Config, place: JournalPlace?, tellsOthers: Bool = true) {
    self.place = place
    self.tellsOthers = tellsOthers
    let journal = JournalDesk(AlertDesk.plan(place, config), host: host)
    let courier = Courier(
      host: host, owner: AlertDesk.owner(host), waiting: journal.deliveriesWaiting,
      open: { journal.isBusy ? journal.deliveries : nil })
    self.journal = journal
    self.courier = courier
    isCourierNeeded = FirstNeed { _ in courier.begin([]) }
    journal.begin()
    obey(config)
  }

  private static func owner(_ host: Host) -> String {
    let distinction = String(UInt64.random(in: 0 ... .max), radix: 36)
    let holder = LeaseHolder(running: host, numbering: BootIdentity(host).numbering)
    return holder?.owner(distinction) ?? distinction
  }

  static func plan(_ place: JournalPlace?, _ config: Config) -> JournalPlan {
    var plan = JournalPlan(place)
    plan.days = config.alerts.historyDays
    let channels = config.delivery.channels
    plan.recipients = { DeliveryPolicy.recipients(of: $0, channels: channels) }
    return plan
  }

  /// Goes by other settings from now on.
  func configure(_ config: Config) {
    journal.configure(AlertDesk.plan(place, config))
    obey(config)
  }

  private func obey(_ config: Config) {
    guard tellsOthers, isCourierNeeded.isMet || !config.delivery.channels.isEmpty else { return }
    if isCourierNeeded.meet() { courier.obey(config.delivery.channels) }
  }

  /// What readiness to read means that there is something to learn.
  var descriptors: [Int32] { [journal.news.descriptor, courier.standings.descriptor] }

  /// Sends what is owed and held back for company, and writes down what was handed in; waits no longer than this for
  /// each, in seconds.
  public func finish(sendingWithin patience: Double, within seconds: Double) {
    if isCourierNeeded.isMet { courier.finish(within: patience) }
    journal.finish(within: seconds)
  }
}
