extension Measured<HeapSample> {
  /// Writes the object `heap`; what the runtime does not tell has its reason.
  func describe(into document: inout Document) {
    guard let heap = value else {
      for name in ["used_bytes", "objects", "collections"] {
        document.set(name, missing: absence ?? .notYet)
      }
      return
    }
    let count = { (value: UInt64) in JSONValue.integer(Int64(clamping: value)) }
    document.set("used_bytes", heap.used, JSONValue.bytes)
    document.set("objects", heap.objects, count)
    document.set("collections", heap.collections, count)
    document.set("collection_s", heap.collectionSeconds, JSONValue.measure)
    document.set("used_after_collection_bytes", heap.usedAfterCollection, JSONValue.bytes)
  }
}
