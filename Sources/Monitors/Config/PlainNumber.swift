/// Numbers as they are written in a config file: digits, a point, an exponent, and nothing that YAML 1.1 reads otherwise.
enum PlainNumber {
  /// The number, or what is wrong with the text where a person might have meant one.
  static func parse(_ text: String) -> (number: Double?, hint: String) {
    let longest = 64
    guard text.utf8.count <= longest else { return (nil, "") }
    var rest =
      text.utf8.first == UInt8(ascii: "-") || text.utf8.first == UInt8(ascii: "+")
      ? text.dropFirst() : text[...]
    let body = rest
    let whole = digits(&rest)
    var fraction: Substring = ""
    if rest.utf8.first == UInt8(ascii: ".") {
      rest = rest.dropFirst()
      fraction = digits(&rest)
    }
    guard !whole.isEmpty || !fraction.isEmpty else { return (nil, "") }
    if let mark = rest.utf8.first, mark | 0x20 == UInt8(ascii: "e") {
      var exponent = rest.dropFirst()
      if let sign = exponent.utf8.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
        exponent = exponent.dropFirst()
      }
      if !digits(&exponent).isEmpty { rest = exponent }
    }
    guard rest.isEmpty else { return (nil, hint(rest, whole)) }
    if whole.utf8.count > 1, whole.utf8.first == UInt8(ascii: "0") {
      return (nil, "a leading zero may mean octal: write it without")
    }
    let sign = text.utf8.first == UInt8(ascii: "-") ? "-" : ""
    let point = body.utf8.first == UInt8(ascii: ".") ? "0" : ""
    guard let number = Double(sign + point + completed(body)), number.isFinite else {
      return (nil, "too large")
    }
    return (number, "")
  }

  /// `5.` is 5.0.
  private static func completed(_ body: Substring) -> String {
    guard let place = body.firstIndex(of: ".") else { return String(body) }
    let after = body.index(after: place)
    let isBare = after == body.endIndex || !(body[after].isASCII && body[after].isNumber)
    return isBare ? "\(body[..<after])0\(body[after...])" : String(body)
  }

  private static func hint(_ rest: Substring, _ whole: Substring) -> String {
    switch rest.first {
    case "%": "write it without %"
    case "_": "write it without underscores"
    case ",": "write a point for the decimals"
    case "x", "o", "b": "write it in decimal"
    case ":": "write it in seconds"
    default: "write it without a unit"
    }
  }

  private static func digits(_ rest: inout Substring) -> Substring {
    let found = rest.prefix { $0.isASCII && $0.isNumber }
    rest = rest[found.endIndex...]
    return found
  }
}
