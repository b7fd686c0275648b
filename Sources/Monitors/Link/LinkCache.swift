/// A cache or a pool of buffers of a linked program.
struct LinkCache: Sendable {
  let name: String
  let size: @Sendable () -> Int
  let entries: (@Sendable () -> Int)?
  let inUse: (@Sendable () -> Int)?
  let hits: (@Sendable () -> (hits: UInt64, misses: UInt64))?
  let evict: (@Sendable () -> Int)?

  /// As of now, in the words of a reply.
  var json: JSONValue {
    var fields: [JSONValue.Field] = [
      .init("name", .text(name)), .init("bytes", .count(max(0, size()))),
      .init("evictable", .bool(evict != nil)),
    ]
    if let entries { fields.append(.init("entries", .count(max(0, entries())))) }
    if let inUse { fields.append(.init("in_use", .count(max(0, inUse())))) }
    if let told = hits?() {
      fields.append(.init("hits", .integer(Int64(clamping: told.hits))))
      fields.append(.init("misses", .integer(Int64(clamping: told.misses))))
    }
    return .object(fields)
  }

  /// What can be said without asking it.
  var untold: JSONValue {
    .object([.init("name", .text(name)), .init("evictable", .bool(evict != nil))])
  }
}
