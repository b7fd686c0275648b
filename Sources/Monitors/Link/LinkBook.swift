/// All that a program has recorded: sums by name, and nothing that grows with their number.
struct LinkBook: Sendable {
  /// What was written in one format.
  struct Written {
    let format: String
    var count: UInt64 = 0
    var bytes: UInt64 = 0
    var nanoseconds: UInt64 = 0
  }

  /// The batches added up.
  struct Batches {
    var count: UInt64 = 0
    var items = 0.0
    var seconds = 0.0
    var failed: UInt64 = 0
    var recent = Ring<BatchSample>(capacity: 256, reserves: false)
  }

  /// Something with a name that has a value now, and how often it was set.
  struct Told<Value: Sendable>: Sendable {
    let name: String
    var value: Value
    var change: UInt64
  }

  /// What can be asked of a component, and when it was told.
  struct Component {
    var priority: Int
    var framesPerSecond: Double?
    var latencyMilliseconds: Double?
    var queue: Double?
    var at: Int64
  }

  /// Something that was done for a viewer.
  struct Event {
    var number: UInt64
    var at: Double
    var who: String
    var action: String
    var outcome: String
    /// By which who asked for it knows it again.
    var id: String?
  }

  static let mostNames = 2000
  static let longestName = 128
  static let others = "…"

  private(set) var operations: [OperationTally] = []
  private var operationPlaces: [String: Int32] = [:]
  private(set) var written: [Written] = []
  private var writtenPlaces: [String: Int] = [:]
  var batches = Batches()
  private(set) var gauges: [Told<Double>] = []
  private var gaugePlaces: [String: Int] = [:]
  private(set) var components: [Told<Component>] = []
  private var componentPlaces: [String: Int] = [:]
  var caches: [LinkCache] = []
  var usualBatch: Int?
  var appliedBatch: Int?
  var quality: LinkQuality?
  var applyQuality: (@Sendable (LinkQuality) -> Void)?
  /// Frees what the program itself calls garbage.
  var collect: (@Sendable () -> Void)?
  private(set) var events = Ring<Event>(capacity: 64, reserves: false)
  private(set) var overflow: UInt64 = 0
  private var changes: UInt64 = 0
  private var names = 0
  /// Which process it is about: a child begins anew.
  var generation: UInt32

  init(generation: UInt32) { self.generation = generation }

  /// The book of a child: what it can do it has from its parent, what was counted it has not.
  func begun(generation: UInt32) -> LinkBook {
    var book = LinkBook(generation: generation)
    book.caches = caches
    book.names = caches.count
    book.usualBatch = usualBatch
    book.appliedBatch = appliedBatch
    book.quality = quality
    book.applyQuality = applyQuality
    book.collect = collect
    return book
  }

  /// A name as long as names may be; what no reader could show of it is a dot.
  static func cut(_ name: String) -> String {
    let name = Printable(name).text
    guard name.utf8.count > longestName else { return name }
    var end = name.utf8.index(name.startIndex, offsetBy: longestName)
    while end.samePosition(in: name.unicodeScalars) == nil { end = name.utf8.index(before: end) }
    return String(name[..<end])
  }

  private mutating func hasRoom() -> Bool {
    if names < LinkBook.mostNames {
      names += 1
      return true
    }
    overflow &+= 1
    return false
  }

  @inline(__always)
  private mutating func place(_ name: String, _ kind: String) -> Int {
    if let place = operationPlaces[name] { return Int(place) }
    return newPlace(name, kind)
  }

  @inline(never)
  private mutating func newPlace(_ name: String, _ kind: String) -> Int {
    var name = LinkBook.cut(name)
    if let place = operationPlaces[name] { return Int(place) }
    if !hasRoom() {
      name = LinkBook.others
      if let place = operationPlaces[name] { return Int(place) }
    }
    operations.append(OperationTally(name: name, kind: LinkBook.cut(kind)))
    operationPlaces[name] = Int32(operations.count - 1)
    return operations.count - 1
  }

  /// An operation has begun.
  @inline(__always)
  mutating func begin(_ name: String, _ kind: String, at nanoseconds: Int64) -> (Int32, Int32) {
    let place = place(name, kind)
    return (Int32(place), operations[place].begin(at: nanoseconds))
  }

  /// An operation has ended.
  @inline(__always)
  mutating func end(_ operation: LinkOperation, at nanoseconds: Int64, memory: Int64?) {
    guard operation.generation == generation else { return }
    let place = Int(operation.place)
    let taken = nanoseconds - operation.begun
    guard operations.indices.contains(place),
      operations[place].end(operation.slot, begun: operation.begun, taking: taken)
    else { return }
    operations[place].items += operation.itemCount
    if operation.isFailed { operations[place].errors &+= 1 }
    if let memory {
      operations[place].memory &+= memory
      operations[place].measured &+= 1
    }
  }

  mutating func wrote(_ format: String, bytes: UInt64, nanoseconds: UInt64) {
    let place = writtenPlaces[format] ?? newFormat(format)
    written[place].count &+= 1
    written[place].bytes &+= bytes
    written[place].nanoseconds &+= nanoseconds
  }

  private mutating func newFormat(_ format: String) -> Int {
    var format = LinkBook.cut(format)
    if writtenPlaces[format] == nil, !hasRoom() { format = LinkBook.others }
    if let place = writtenPlaces[format] { return place }
    written.append(Written(format: format))
    writtenPlaces[format] = written.count - 1
    return written.count - 1
  }

  mutating func add(_ batch: BatchSample) {
    batches.count &+= 1
    batches.items += batch.items
    batches.seconds += batch.seconds
    if !batch.isDone { batches.failed &+= 1 }
    batches.recent.append(batch)
  }

  mutating func gauge(_ name: String, _ value: Double) {
    changes &+= 1
    if let place = gaugePlaces[name] {
      gauges[place].value = value
      gauges[place].change = changes
      return
    }
    let clean = LinkBook.cut(name)
    if clean != name { return gauge(clean, value) }
    guard hasRoom() else { return }
    gaugePlaces[clean] = gauges.count
    gauges.append(Told(name: clean, value: value, change: changes))
  }

  mutating func component(_ name: String, _ component: Component) {
    changes &+= 1
    let name = LinkBook.cut(name)
    if let place = componentPlaces[name] {
      components[place].value = component
      components[place].change = changes
    } else if hasRoom() {
      componentPlaces[name] = components.count
      components.append(Told(name: name, value: component, change: changes))
    }
  }

  mutating func add(_ cache: LinkCache) {
    if let place = caches.firstIndex(where: { $0.name == cache.name }) {
      caches[place] = cache
    } else if hasRoom() {
      caches.append(cache)
    }
  }

  mutating func note(_ event: Event) {
    var event = event
    event.number = (events.last?.number ?? 0) &+ 1
    events.append(event)
  }
}
