/// What a value that came from outside can be taken for; `nil` where it is something else.
extension JSONValue {
  /// A whole number from 0 on.
  public var whole: UInt64? {
    switch self {
    case .integer(let value): UInt64(exactly: value)
    case .number(let value): UInt64(exactly: value)
    default: nil
    }
  }

  /// A finite number.
  public var real: Double? {
    switch self {
    case .integer(let value): Double(value)
    case .number(let value): value.isFinite ? value : nil
    default: nil
    }
  }

  /// Text.
  public var string: String? {
    if case .text(let value) = self { value } else { nil }
  }

  /// Yes or no.
  public var truth: Bool? {
    if case .bool(let value) = self { value } else { nil }
  }

  /// The elements of a list.
  public var elements: [JSONValue]? {
    if case .list(let values) = self { values } else { nil }
  }

  /// The members of an object.
  public var members: [Field]? {
    if case .object(let fields) = self { fields } else { nil }
  }
}
