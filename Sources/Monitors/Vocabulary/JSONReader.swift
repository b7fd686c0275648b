/// Why a line is not a JSON object that can be used.
public enum JSONFault: Error, Sendable, Equatable {
  /// It is something else than an object, or no JSON at all.
  case malformed
  /// Objects and lists lie deeper in one another than anybody needs.
  case tooDeep
  /// It has more values than anybody needs.
  case tooMany
}

/// Reads one JSON object from bytes that nobody vouches for.
///
/// What can not be held – a number beyond all doubles or whole numbers, NaN, text that is no UTF-8 or has a NUL in it –
/// is null, and the rest of the object is as good as before. Of two members of one name the last one counts.
///
///     let reply = try JSONReader.object(bytes)
///     reply["seconds"]
public struct JSONReader {
  static let mostDeep = 32
  static let mostValues = 131_072

  let bytes: UnsafeRawBufferPointer
  var position = 0
  private var depth = 0
  private var values = 0

  private init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  /// Reads bytes that are one object, with blanks around it.
  public static func object(_ bytes: UnsafeRawBufferPointer) throws(JSONFault) -> JSONValue {
    var reader = JSONReader(bytes)
    reader.skipBlanks()
    guard reader.peek == UInt8(ascii: "{") else { throw .malformed }
    let value = try reader.value()
    reader.skipBlanks()
    guard reader.position == bytes.count else { throw .malformed }
    return value
  }

  /// Reads text that is one object.
  public static func object(_ text: String) throws(JSONFault) -> JSONValue {
    let bytes = Array(text.utf8)
    let result = bytes.withUnsafeBytes { bytes -> Result<JSONValue, JSONFault> in
      do throws(JSONFault) { return .success(try object(bytes)) } catch { return .failure(error) }
    }
    return try result.get()
  }

  var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func skipBlanks() {
    while let byte = peek, byte == 32 || byte == 10 || byte == 13 || byte == 9 { position += 1 }
  }

  /// Takes the next byte that is no blank if it is this one.
  private mutating func take(_ byte: UInt8) -> Bool {
    skipBlanks()
    guard peek == byte else { return false }
    position += 1
    return true
  }

  private mutating func value() throws(JSONFault) -> JSONValue {
    values += 1
    guard values <= JSONReader.mostValues else { throw .tooMany }
    skipBlanks()
    guard let first = peek else { throw .malformed }
    switch first {
    case UInt8(ascii: "{"): return try nested { reader throws(JSONFault) in try reader.members() }
    case UInt8(ascii: "["): return try nested { reader throws(JSONFault) in try reader.elements() }
    case UInt8(ascii: "\""): return try string().map(JSONValue.text) ?? .null
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
      return word("-Infinity") ? .null : number()
    default: return try literal()
    }
  }

  private mutating func nested(_ read: (inout JSONReader) throws(JSONFault) -> JSONValue)
    throws(JSONFault) -> JSONValue
  {
    depth += 1
    guard depth <= JSONReader.mostDeep else { throw .tooDeep }
    position += 1
    let value = try read(&self)
    depth -= 1
    return value
  }

  private mutating func members() throws(JSONFault) -> JSONValue {
    var fields: [JSONValue.Field] = []
    if take(UInt8(ascii: "}")) { return .object(fields) }
    while true {
      skipBlanks()
      guard peek == UInt8(ascii: "\"") else { throw .malformed }
      let name = try string()
      guard take(UInt8(ascii: ":")) else { throw .malformed }
      let value = try value()
      if let name { fields.append(.init(name, value)) }
      if take(UInt8(ascii: ",")) { continue }
      guard take(UInt8(ascii: "}")) else { throw .malformed }
      return .object(JSONReader.lastOfEach(fields))
    }
  }

  private mutating func elements() throws(JSONFault) -> JSONValue {
    var elements: [JSONValue] = []
    if take(UInt8(ascii: "]")) { return .list(elements) }
    while true {
      elements.append(try value())
      if take(UInt8(ascii: ",")) { continue }
      guard take(UInt8(ascii: "]")) else { throw .malformed }
      return .list(elements)
    }
  }

  private static let few = 12

  private static func lastOfEach(_ fields: [JSONValue.Field]) -> [JSONValue.Field] {
    guard fields.count > 1 else { return fields }
    if fields.count <= few {
      let isRepeated = fields.indices.contains { place in
        fields[..<place].contains { $0.name == fields[place].name }
      }
      if !isRepeated { return fields }
    }
    // What is written in order, as numbers of buckets are, has nothing twice.
    let isInOrder = zip(fields, fields.dropFirst()).allSatisfy {
      ($0.name.utf8.count, $0.name) < ($1.name.utf8.count, $1.name)
    }
    if isInOrder { return fields }
    var seen = Set<String>(minimumCapacity: fields.count)
    let kept = fields.reversed().filter { seen.insert($0.name).inserted }
    return kept.count == fields.count ? fields : kept.reversed()
  }

  /// What some writers put where a number is not one counts as null.
  private mutating func literal() throws(JSONFault) -> JSONValue {
    if word("null") || word("NaN") || word("Infinity") { return .null }
    if word("true") { return .bool(true) }
    if word("false") { return .bool(false) }
    throw .malformed
  }

  private mutating func word(_ text: StaticString) -> Bool {
    let count = text.utf8CodeUnitCount
    guard position + count <= bytes.count else { return false }
    for offset in 0..<count where bytes[position + offset] != text.utf8Start[offset] {
      return false
    }
    position += count
    return true
  }
}
