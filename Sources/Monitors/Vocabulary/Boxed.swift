/// Keeps a large value elsewhere, so that what has it among its parts is handed on by reference.
///
///     struct Page { @Boxed var table: Table }
///     var copy = page          // one reference is counted, whatever the table holds
///     copy.table.sort()        // a table of its own from here on
@propertyWrapper
public struct Boxed<Value: Sendable>: Sendable {
  private final class Box: Sendable {
    let value: Value
    init(_ value: Value) { self.value = value }
  }

  private var box: Box

  /// Boxes a value.
  public init(wrappedValue: Value) { box = Box(wrappedValue) }

  /// The value.
  public var wrappedValue: Value {
    get { box.value }
    set { box = Box(newValue) }
  }
}

extension Boxed: Equatable where Value: Equatable {
  /// The same box, or equal values in two.
  public static func == (a: Boxed, b: Boxed) -> Bool {
    a.box === b.box || a.box.value == b.box.value
  }
}
