/// Caches belong to the processes that told of them: the target itself, or children of it that are linked too.
extension LinkRoad {
  /// Gives up named caches, or all where none is named.
  func evict(_ names: [String], _ errand: Errand) throws(RoadFailure) -> Achievement {
    let state = try state(errand)
    guard state.offers.contains(TargetAction.Kind.evict.rawValue) else {
      throw .cannot("the program is linked but has no cache that can be evicted")
    }
    var sum = OrderReply()
    for (process, own) in try owners(of: names, errand) {
      var members: [JSONValue.Field] = [.init("action", .text("evict"))]
      if !own.isEmpty { members.append(.init("names", .list(own.map(JSONValue.text)))) }
      sum.add(try act(members, errand, with: process))
    }
    let what: Printable =
      names.isEmpty
      ? "its caches"
      : "\(names.count == 1 ? "cache" : "caches") \(Printable(names.joined(separator: ", ")))"
    let freed = sum.bytes.map { ", \(OutcomeWords.size($0)) freed" } ?? ""
    return Achievement(
      lead: "\(what)\(Printable(freed))", heapBefore: state.heap, heapAfter: heap(errand),
      seconds: sum.seconds)
  }

  /// Which process is asked for which caches; none named means all it has.
  private func owners(of names: [String], _ errand: Errand) throws(RoadFailure)
    -> [(ProcessKey, [String])]
  {
    let target = errand.target.key
    let children = (errand.context.link?.processes ?? []).filter { $0 != target }
    guard !children.isEmpty else { return [(target, names)] }
    var left = names
    var owners: [(ProcessKey, [String])] = []
    for process in [target] + children {
      // A child that does not answer must not keep the others from obeying.
      guard let reply = try? speak([.init("op", .text("poll"))], errand, with: process),
        LinkState(reply).offers.contains(TargetAction.Kind.evict.rawValue)
      else { continue }
      let known = (reply["caches"]?.elements ?? []).compactMap { $0["name"]?.string }
      let own = names.filter(known.contains)
      guard names.isEmpty || !own.isEmpty else { continue }
      owners.append((process, own))
      left.removeAll(where: own.contains)
    }
    // What nobody tells of is for the target to refuse in its own words.
    if !left.isEmpty || owners.isEmpty { owners.append((target, left)) }
    return owners
  }
}

extension OrderReply {
  fileprivate init() {}

  fileprivate mutating func add(_ other: OrderReply) {
    if let time = other.seconds { seconds = (seconds ?? 0) + time }
    if let freed = other.bytes { bytes = (bytes ?? .zero) + freed }
  }
}
