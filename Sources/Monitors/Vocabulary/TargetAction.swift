/// What a target can be made to do.
public enum TargetAction: Sendable, Equatable {
  /// Collect its garbage.
  case collect
  /// Give up caches: the choices' ids, or all that is harmless where there are none.
  case evict([String])
  /// Run at another quality.
  case quality(QualityOrder)
  /// Make batches of this size.
  case batch(Int)
  /// Receive a signal.
  case signal(Int32)
  /// Run with another niceness.
  case nice(Int)
  /// Run on these processors only.
  case affinity([Int])

  /// What kind of thing it is.
  public enum Kind: String, Sendable, CaseIterable {
    case collect = "gc"
    case evict, quality, batch, signal, nice, affinity
  }

  /// Its kind.
  public var kind: Kind {
    switch self {
    case .collect: .collect
    case .evict: .evict
    case .quality: .quality
    case .batch: .batch
    case .signal: .signal
    case .nice: .nice
    case .affinity: .affinity
    }
  }
}

extension TargetAction {
  /// `gc`, `evict=frames`, `quality=down`: as `perftop send` takes it.
  public var words: Printable {
    switch self {
    case .collect: "gc"
    case .evict(let ids):
      ids.isEmpty ? "evict" : Printable("evict=\(ids.joined(separator: ","))")
    case .quality(.level(let name)): Printable("quality=\(name)")
    case .quality(.down): "quality=down"
    case .quality(.up): "quality=up"
    case .quality(.automatic): "quality=auto"
    case .batch(let size): "batch=\(size)"
    case .signal(let number): Printable("signal=\(number)")
    case .nice(let value): "nice=\(value)"
    case .affinity(let processors):
      Printable("affinity=\(processors.map(String.init).joined(separator: ","))")
    }
  }
}

/// Which quality is wanted.
public enum QualityOrder: Sendable, Equatable {
  /// A level by its name, held until somebody says otherwise.
  case level(String)
  case down, up
  /// The pressure decides again.
  case automatic
}

/// An action for the very process that was on the screen when it was asked for.
public struct Order: Sendable, Equatable {
  /// Ids of orders that pressure gives begin here, so that they can't be taken for an operator's.
  public static let firstAutomatic: UInt64 = 1 << 63
  /// Numbers of what others did, which the target tells, begin here.
  public static let firstTold: UInt64 = 1 << 62

  /// Tells orders apart.
  public var id: UInt64
  /// What is wanted.
  public var action: TargetAction
  /// Of whom.
  public var target: ProcessKey
  /// Whether a road may be taken that has to be asked for first: one that opens a port or stops the target.
  public var accepts = false
  /// Whether pressure asks and no operator: the level that is ordered is not held.
  public var isAutomatic = false
  /// What it is given for, in a few words, where no operator gives it: `temperature 88 %`.
  public var reason: Printable = ""

  /// Makes one.
  public init(id: UInt64, action: TargetAction, target: ProcessKey, accepts: Bool = false) {
    self.id = id
    self.action = action
    self.target = target
    self.accepts = accepts
  }
}

/// One thing that can be evicted, for a menu.
public struct Evictable: Sendable, Equatable {
  /// How it is named in an order: `cache:frames`, `pages`, `cold`, `group`, `command`.
  public var id: String
  /// What a person would call it.
  public var title: Printable
  /// How much there is of it.
  public var size: Measured<Bytes>
  /// What it costs or whom else it hits, in a few words; why it can not be done, where it can not.
  public var note: Printable = ""
  /// Whether it can be done at all.
  public var isPossible = true

  /// Makes one.
  public init(id: String, title: Printable, size: Measured<Bytes>) {
    self.id = id
    self.title = title
    self.size = size
  }
}

/// What an action is measured by, at one moment.
public struct Footprint: Sendable, Equatable {
  /// Resident memory of the process.
  public var resident: Bytes?
  /// Its heap, where its runtime tells.
  public var heap: Bytes?
  /// Operations that it finished in a second, where it is linked.
  public var operationsPerSecond: Double?

  /// Makes one.
  public init(resident: Bytes? = nil, heap: Bytes? = nil) {
    self.resident = resident
    self.heap = heap
  }
}
