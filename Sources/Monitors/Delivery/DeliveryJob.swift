/// One job for `perftop-deliver`: fields of a name, a length and so many bytes.
struct DeliveryJob {
  private(set) var bytes: [UInt8] = []

  /// Adds a field.
  mutating func add(_ name: String, _ value: some Collection<UInt8>) {
    bytes += Array("\(name) \(value.count)\n".utf8)
    bytes += value
    bytes.append(UInt8(ascii: "\n"))
  }

  /// Adds a field of text.
  mutating func add(_ name: String, _ value: String) { add(name, Array(value.utf8)) }

  /// What is not to be told where it is long enough to be a secret: an answer may well hold a `5`, or a slash.
  mutating func hide(_ text: String) {
    let shortest = 8
    if text.utf8.count >= shortest { add("hidden", text) }
  }

  /// Adds a secret, and what it looks like in a login: none of it is ever to be told.
  mutating func add(_ name: String, _ secret: Secret, user: String = "") {
    let text = secret.revealed
    add(name, text)
    add("hidden", text)
    add("hidden", Base64.text(Array(text.utf8)))
    if !user.isEmpty { add("hidden", Base64.text(Array("\0\(user)\0\(text)".utf8))) }
  }
}
