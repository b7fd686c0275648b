/// What a linked program says of itself, as far as an action needs it.
struct LinkState {
  var offers: Set<String>
  var heap: Bytes?
  var level: QualityLevel?

  /// As the last sample told.
  init(_ link: LinkSample) {
    offers = Set(link.offers.map(\.rawValue))
    heap = link.heap?.used.value
    level = link.quality.flatMap { QualityLevel(name: $0.level.text) }
  }

  /// As the answer to a `poll` tells.
  init(_ reply: JSONValue) {
    offers = []
    if case .list(let names) = reply["offers"] {
      for case .text(let name) in names { offers.insert(name) }
    }
    heap = LinkState.heap(reply)
    if case .text(let name) = reply["quality"]?["level"] { level = QualityLevel(name: name) }
  }

  static func heap(_ reply: JSONValue) -> Bytes? {
    reply["heap"]?["used_bytes"].flatMap(OrderReply.bytes)
  }
}

/// What a linked program says when it has done something.
struct OrderReply {
  var seconds: Double?
  var bytes: Bytes?

  init(_ reply: JSONValue) {
    seconds = reply["seconds"].flatMap(OrderReply.number).flatMap { $0 >= 0 ? $0 : nil }
    bytes = reply["bytes"].flatMap(OrderReply.bytes)
  }

  static func number(_ value: JSONValue) -> Double? {
    switch value {
    case .integer(let number): Double(number)
    case .number(let number): number.isFinite ? number : nil
    default: nil
    }
  }

  static func bytes(_ value: JSONValue) -> Bytes? {
    guard let number = number(value), number >= 0, number < 9e18 else { return nil }
    return Bytes(Int64(number))
  }

  static func text(_ value: JSONValue) -> Printable? {
    let longest = 120
    guard case .text(let text) = value, !text.isEmpty else { return nil }
    return Printable(String(text.prefix(longest)))
  }
}

extension QualityLevel {
  /// The level of a name; `nil` for any other text.
  init?(name: String) {
    guard let found = QualityLevel.allCases.first(where: { $0.name == name }) else { return nil }
    self = found
  }
}

/// Turns what is wished into a level.
enum QualityWish {
  /// The level that is meant; steps go by the levels that are offered.
  static func level(_ wish: QualityOrder, current: QualityLevel?, _ context: ActionContext)
    throws(RoadFailure) -> QualityLevel
  {
    switch wish {
    case .level(let name):
      guard let level = QualityLevel(name: name) else {
        throw .cannot("there is no level \(Printable(name))")
      }
      return level
    case .automatic:
      if let level = context.suggested ?? current { return level }
      throw .cannot("nobody has judged the pressure yet: name a level")
    case .down, .up:
      guard let current else { throw .cannot("its level is not known: name one") }
      let offered = context.quality.offered
      let next =
        wish == .down
        ? offered.filter { $0 < current }.max() : offered.filter { $0 > current }.min()
      if let next { return next }
      throw .cannot("it runs at the \(wish == .down ? "lowest" : "highest") level already")
    }
  }
}
