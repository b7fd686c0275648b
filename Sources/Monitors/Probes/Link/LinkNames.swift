/// Keeps the names that targets give from growing without end: what has one name too many is counted under `…`.
struct LinkNames {
  static let most = 2000
  static let mostInAll = 20_000
  static let others: Printable = "…"

  /// What has names of its own.
  private enum Kind: Hashable { case operation, format, component, cache, gauge }

  private struct Entry: Hashable {
    var kind: Kind
    var name: Printable
  }

  private var known: Set<Entry> = []

  /// How many there are.
  var count: Int { known.count }

  /// Renames or leaves out what has a name too many; `room` is how many new ones all targets together may still have.
  mutating func admit(_ reply: inout LinkReply, room: inout Int) {
    var refused: UInt64 = 0
    for index in reply.operations.indices
    where !admit(.operation, reply.operations[index].name, &room) {
      refused &+= max(1, reply.operations[index].count)
      reply.operations[index].name = LinkNames.others
    }
    for index in reply.writes.indices where !admit(.format, reply.writes[index].format, &room) {
      refused &+= max(1, reply.writes[index].count)
      reply.writes[index].format = LinkNames.others
    }
    let before = reply.components.count + reply.caches.count + reply.gauges.count
    reply.components.removeAll { !admit(.component, $0.name, &room) }
    reply.caches.removeAll { !admit(.cache, $0.name, &room) }
    reply.gauges.removeAll { !admit(.gauge, $0.name, &room) }
    refused &+= UInt64(
      before - reply.components.count - reply.caches.count - reply.gauges.count)
    reply.overflow = reply.overflow.addingReportingOverflow(refused).partialValue
  }

  private mutating func admit(_ kind: Kind, _ name: Printable, _ room: inout Int) -> Bool {
    let entry = Entry(kind: kind, name: name)
    if known.contains(entry) || name == LinkNames.others { return true }
    guard known.count < LinkNames.most, room > 0 else { return false }
    known.insert(entry)
    room -= 1
    return true
  }
}
