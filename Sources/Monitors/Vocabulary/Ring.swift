/// The newest elements up to a fixed number, oldest first.
public struct Ring<Element: Sendable>: Sendable {
  private var storage: [Element] = []
  private var start = 0
  /// How many elements are kept.
  public let capacity: Int

  /// Makes an empty ring; one that seldom fills takes its memory as it grows.
  public init(capacity: Int, reserves: Bool = true) {
    self.capacity = Swift.max(1, capacity)
    if reserves { storage.reserveCapacity(self.capacity) }
  }

  /// Adds one element, dropping the oldest when full.
  public mutating func append(_ element: Element) {
    if storage.count < capacity {
      storage.append(element)
    } else {
      storage[start] = element
      start = (start + 1) % capacity
    }
  }

  /// Forgets everything.
  public mutating func removeAll() {
    storage.removeAll(keepingCapacity: true)
    start = 0
  }
}

extension Ring: RandomAccessCollection {
  /// Always 0.
  public var startIndex: Int { 0 }
  /// How many elements there are.
  public var endIndex: Int { storage.count }
  /// The element at a place, 0 being the oldest.
  public subscript(position: Int) -> Element {
    storage[start + position < storage.count ? start + position : start + position - storage.count]
  }
}

extension Ring: Equatable where Element: Equatable {
  /// Equal when the elements are, wherever they lie in memory.
  public static func == (a: Ring, b: Ring) -> Bool { a.elementsEqual(b) }
}
