internal import CJansson
import Glibc

extension JSONValue {
  /// The value as JSON text, members in the order in which they were set.
  ///
  ///     JSONValue.object([.init("schema", .integer(1))]).text(indented: false)    // {"schema":1}
  public func text(indented: Bool) -> String {
    guard let tree = JSONValue.tree(self) else { return "null" }
    defer { json_decref(tree) }
    let fifteenDigits = 15 << 11
    let encodeAny = 0x200
    let layout = indented ? 2 : 0x20
    guard let text = json_dumps(tree, fifteenDigits | encodeAny | layout) else { return "null" }
    defer { free(text) }
    return String(cString: text)
  }

  private static func tree(_ value: JSONValue) -> OpaqueTree? {
    switch value {
    case .null: return json_null()
    case .bool(let value): return value ? json_true() : json_false()
    case .integer(let value): return json_integer(value)
    case .number(let value): return value.isFinite ? json_real(value) : json_null()
    case .text(let value): return json_stringn(value, value.utf8.count)
    case .list(let values):
      guard let list = json_array() else { return nil }
      for value in values { json_array_append_new(list, tree(value)) }
      return list
    case .object(let fields):
      guard let object = json_object() else { return nil }
      for field in fields { json_object_set_new(object, field.name, tree(field.value)) }
      return object
    }
  }

  private typealias OpaqueTree = UnsafeMutablePointer<json_t>
}
