import Monitors
import Synchronization

/// Messages that channels are owed, as tests want them.
enum Deliveries {
  static let host: Printable = "robot-7"
  static let start = Moment(nanoseconds: 1_000_000_000_000, wall: 1_790_000_000_000_000_000)

  /// A channel by a program that does nothing.
  static let team = ChannelSettings(name: "team", means: .command(["/bin/true"]))

  static func alert(
    _ id: String = "memory-high-1", _ severity: Severity = .warning,
    message: Printable = "memory 83 % of 8.00 GB", pid: Int32? = 4711
  ) -> Alert {
    var alert = Alert(
      id: id, rule: "memory-high", severity: severity, category: .resource, state: .firing,
      since: start, value: 0.83, threshold: 0.8, message: message,
      actions: ["press C to collect", "lower batching.max_size"])
    alert.firedAt = start
    if let pid { alert.subject = .process(pid: pid, startTicks: 99) }
    return alert
  }

  static func one(
    _ id: String = "d1", _ channel: String = "team", _ kind: AlertTransition.Kind = .fired,
    _ alert: Alert = alert(), attempts: Int = 0
  ) -> Delivery {
    Delivery(
      id: id, channel: channel, transition: AlertTransition(kind, at: alert.since, alert: alert),
      host: host, attempts: attempts)
  }

  static func batch(_ deliveries: Delivery...) -> DeliveryBatch {
    DeliveryBatch(channel: deliveries.first?.channel ?? "", deliveries: deliveries)
  }

  /// A channel by webhook to a port of this machine.
  static func hook(_ address: String, _ name: String = "team", timeout: Double = 5)
    -> ChannelSettings
  {
    var hook = ChannelSettings.Webhook()
    hook.url = Secret(address)
    var channel = ChannelSettings(name: name, means: .webhook(hook))
    channel.timeout = timeout
    channel.perHour = 3600
    return channel
  }
}

/// A store that lives as long as the test: a courier may die, and the next one finds what it left.
final class MemoryStore: DeliveryStore, Sendable {
  struct Row: Sendable {
    var delivery: Delivery
    var due: Moment
    var leasedUntil: Moment?
    var outcome: DeliveryOutcome?
  }

  private let rows = Mutex<[Row]>([])
  private let frozen = Mutex<Int?>(nil)

  /// From now on nothing can be written.
  func freeze() { frozen.withLock { $0 = 0 } }
  /// How often something was to be claimed since then.
  var claims: Int { frozen.withLock { $0 ?? 0 } }

  func add(_ delivery: Delivery, at now: Moment) {
    rows.withLock { $0.append(Row(delivery: delivery, due: now)) }
  }

  var all: [Row] { rows.withLock { $0 } }
  var sent: Int { all.filter { $0.outcome == .sent }.count }

  func claimDeliveries(
    channels: [String], owner: String, lease seconds: Double, at now: Moment, limit: Int
  ) -> [Delivery] {
    let isFrozen = frozen.withLock { count in
      count = count.map { $0 + 1 }
      return count != nil
    }
    return isFrozen
      ? []
      : rows.withLock { rows in
        var claimed: [Delivery] = []
        for index in rows.indices where claimed.count < limit {
          let row = rows[index]
          guard row.outcome == nil, channels.contains(row.delivery.channel), row.due <= now,
            row.leasedUntil.map({ $0 <= now }) ?? true
          else { continue }
          rows[index].leasedUntil = now.later(by: seconds)
          claimed.append(row.delivery)
        }
        return claimed
      }
  }

  func settleDeliveries(
    _ outcomes: [String: DeliveryOutcome], by owner: String?, at now: Moment
  ) {
    rows.withLock { rows in
      for index in rows.indices {
        guard let outcome = outcomes[rows[index].delivery.id] else { continue }
        rows[index].leasedUntil = nil
        switch outcome {
        case .sent, .givenUp: rows[index].outcome = outcome
        case .retry(let moment, let why):
          rows[index].due = moment
          rows[index].delivery.attempts += 1
          rows[index].delivery.lastFailure = why
        case .putOff(let moment):
          rows[index].due = moment
          rows[index].delivery.isPutOff = true
        case .released: break
        }
      }
    }
  }

  func attended(_ deliveries: [Delivery], at now: Moment) -> [Delivery] { deliveries }

  func deliveryTallies(at now: Moment) -> [String: DeliveryTally] {
    var tallies: [String: DeliveryTally] = [:]
    for row in all {
      var tally = tallies[row.delivery.channel] ?? DeliveryTally()
      switch row.outcome {
      case .sent: tally.sent += 1
      case .givenUp: tally.givenUp += 1
      default: tally.pending += 1
      }
      tally.lastFailure = row.delivery.lastFailure ?? tally.lastFailure
      tallies[row.delivery.channel] = tally
    }
    return tallies
  }

  func nextDelivery(channels: [String], at now: Moment) -> Moment? {
    all.filter {
      $0.outcome == nil && channels.contains($0.delivery.channel)
    }.map { max($0.due, $0.leasedUntil ?? $0.due) }.min()
  }
}
