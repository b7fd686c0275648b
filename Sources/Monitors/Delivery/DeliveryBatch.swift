/// Messages that go out as one.
public struct DeliveryBatch: Sendable, Equatable {
  /// Why they do.
  public enum Kind: Sendable, Equatable {
    /// They came together.
    case plain
    /// There are too many to tell each.
    case flood
    /// The channel had its share for the hour.
    case digest
  }

  /// The channel.
  public var channel: String
  /// What it is owed, the oldest first; never empty.
  public var deliveries: [Delivery]
  /// Why they go together.
  public var kind = Kind.plain
  /// The recipients of a mail who have not got it yet; `nil` where nobody has.
  public var recipients: [String]?

  /// Puts them together.
  public init(channel: String, deliveries: [Delivery], kind: Kind = .plain) {
    self.channel = channel
    self.deliveries = deliveries
    self.kind = kind
  }

  /// The same messages, with what is known of them by now.
  func telling(_ deliveries: [Delivery]) -> DeliveryBatch {
    var batch = self
    batch.deliveries = deliveries
    return batch
  }

  /// The same for the same messages, however often they are tried: what a receiver knows it by.
  public var id: String {
    guard deliveries.count > 1, let first = deliveries.first else {
      return deliveries.first?.id ?? ""
    }
    // FNV-1a, so that two batches that begin with the same message are not taken for one.
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for delivery in deliveries {
      for byte in delivery.id.utf8 + [0] { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    }
    return "\(first.id)+\(deliveries.count - 1).\(String(hash, radix: 16))"
  }

  /// The worst of those that are no end; the worst of all where all are over.
  public var severity: Severity {
    let open = deliveries.filter { !$0.isEnd }
    return (open.isEmpty ? deliveries : open).map(\.transition.alert.severity).max() ?? .info
  }

  /// The one that matters most: the worst that is not over, the newest among equals.
  var worst: Delivery? {
    deliveries.max { first, second in
      let (a, b) = (first.transition, second.transition)
      return (first.isEnd ? 0 : 1, a.alert.severity, a.at)
        < (second.isEnd ? 0 : 1, b.alert.severity, b.at)
    }
  }
}

extension Delivery {
  /// Whether it tells that something is over.
  var isEnd: Bool { transition.kind == .resolved || transition.kind == .ended }
}
