/// A JSON value, in the order in which it was built.
public indirect enum JSONValue: Sendable, Equatable {
  case null
  case bool(Bool)
  case integer(Int64)
  case number(Double)
  case text(String)
  case list([JSONValue])
  case object([Field])

  /// One member of an object.
  public struct Field: Sendable, Equatable {
    /// The member's name.
    public var name: String
    /// The member's value.
    public var value: JSONValue

    /// Pairs a name with a value.
    public init(_ name: String, _ value: JSONValue) {
      self.name = name
      self.value = value
    }
  }

  /// The member of that name, where this is an object that has one.
  public subscript(name: String) -> JSONValue? {
    guard case .object(let fields) = self else { return nil }
    return fields.first { $0.name == name }?.value
  }
}

/// One object under construction: facts, and for each that could not be read the reason.
///
///     var document = Document(path: "memory")
///     document.set("pss_bytes", sample.pss)        // null, with its reason, where it can't be read
public struct Document: Sendable, Equatable {
  /// Where the object stands in the whole, as the prefix of reasons: `memory`.
  public let path: String
  /// The facts so far.
  public private(set) var fields: [JSONValue.Field] = []
  /// Reasons by full path: `memory.pss_bytes`.
  public private(set) var unavailable: [JSONValue.Field] = []

  /// Starts an empty object.
  public init(path: String) { self.path = path }

  /// Adds a value of any kind.
  public mutating func set(_ name: String, _ value: JSONValue) {
    fields.append(.init(name, value))
  }

  /// Adds a null and says why it is one.
  public mutating func set(_ name: String, missing absence: Absence) {
    set(name, .null)
    unavailable.append(
      .init(path.isEmpty ? name : "\(path).\(name)", .text(absence.sentence.text)))
  }

  /// Adds a measured value, or a null with its reason.
  public mutating func set<Value>(
    _ name: String, _ value: Measured<Value>, _ json: (Value) -> JSONValue
  ) {
    switch value {
    case .fresh(let value), .stale(let value, _): set(name, json(value))
    case .missing(let absence): set(name, missing: absence)
    }
  }

  /// Adds a value, or a null with its reason.
  public mutating func set<Value>(
    _ name: String, _ value: Value?, else absence: Absence, _ json: (Value) -> JSONValue
  ) {
    if let value { set(name, json(value)) } else { set(name, missing: absence) }
  }

  /// Adds an object within this one; its reasons come along.
  public mutating func nest(_ name: String, _ build: (inout Document) -> Void) {
    var inner = Document(path: path.isEmpty ? name : "\(path).\(name)")
    build(&inner)
    set(name, .object(inner.fields))
    unavailable += inner.unavailable
  }

  /// Adds a list of objects; the reasons of each come along under its name.
  public mutating func list<Item>(
    _ name: String, _ items: [Item], named label: (Item) -> String,
    _ build: (Item, inout Document) -> Void
  ) {
    let place = path.isEmpty ? name : "\(path).\(name)"
    let objects = items.map { item in
      var inner = Document(path: "\(place).\(label(item))")
      build(item, &inner)
      unavailable += inner.unavailable
      return JSONValue.object(inner.fields)
    }
    set(name, .list(objects))
  }
}

extension JSONValue {
  /// A finite number, or null.
  public static func measure(_ value: Double) -> JSONValue {
    value.isFinite ? .number(value) : .null
  }
  /// A count of bytes.
  public static func bytes(_ value: Bytes) -> JSONValue { .integer(value.count) }
  /// A rate in bytes per second.
  public static func rate(_ value: BytesPerSecond) -> JSONValue { .number(value.value) }
  /// Clean text.
  public static func printable(_ value: Printable) -> JSONValue { .text(value.text) }
  /// A whole number.
  public static func count(_ value: Int) -> JSONValue { .integer(Int64(value)) }
}
