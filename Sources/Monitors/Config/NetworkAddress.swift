/// Where something is on a network: how to speak with it, the host, and the port.
public struct NetworkAddress: Sendable, Equatable {
  /// `https`.
  public var scheme: String
  /// `example.org`, `10.0.0.7`, `[::1]`.
  public var host: String
  /// `nil` is the scheme's own.
  public var port: Int?
  /// What comes behind it, with its slash; empty where nothing does.
  public var path: String

  /// Why a text is no address.
  struct Slip: Error, Equatable {
    var sentence: Printable
  }

  private static let longest = 2000

  /// Reads an address of one of these schemes.
  init(_ text: String, schemes: [String]) throws(Slip) {
    let shape = schemes.map { "\($0)://" }
    guard let scheme = schemes.first(where: { text.hasPrefix("\($0)://") }) else {
      throw Slip(
        sentence:
          "expected an address that begins with \(Printable(shape.joined(separator: " or ")))")
    }
    guard text.utf8.count <= NetworkAddress.longest,
      text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f })
    else { throw Slip(sentence: "an address has no spaces, and ASCII characters only") }
    let rest = text.dropFirst(scheme.utf8.count + 3)
    let end = rest.firstIndex { "/?#\\".contains($0) } ?? rest.endIndex
    let authority = rest[..<end]
    guard !authority.contains("@") else {
      throw Slip(sentence: "no user and no password in an address: they belong into files")
    }
    let (host, port) = try NetworkAddress.split(authority)
    self.scheme = scheme
    self.host = host
    self.port = port
    path = String(rest[end...])
  }

  private static func split(_ authority: Substring) throws(Slip) -> (String, Int?) {
    let isBracketed = authority.first == "["
    let hostEnd =
      isBracketed
      ? authority.firstIndex(of: "]").map { authority.index(after: $0) } ?? authority.endIndex
      : authority.firstIndex(of: ":") ?? authority.endIndex
    let host = authority[..<hostEnd]
    let inner = isBracketed ? host.dropFirst().dropLast() : host
    let marks = isBracketed ? ":." : "-._"
    guard !inner.isEmpty, inner.count <= 253, host.last == "]" || !isBracketed,
      inner.utf8.allSatisfy({ isWord($0) || marks.utf8.contains($0) }), inner.first != "-"
    else { throw Slip(sentence: "no host in the address") }
    let behind = authority[hostEnd...]
    if behind.isEmpty { return (String(host), nil) }
    guard behind.first == ":", let port = Int(behind.dropFirst()), 1...65535 ~= port,
      behind.dropFirst().utf8.allSatisfy({ 0x30...0x39 ~= $0 })
    else { throw Slip(sentence: "the port is no number from 1 to 65535") }
    return (String(host), port)
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    switch byte | 0x20 {
    case UInt8(ascii: "a")...UInt8(ascii: "z"): true
    default: UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
    }
  }

  /// Whether nothing that is said there leaves this machine.
  public var isLocal: Bool {
    host == "localhost" || host == "[::1]"
      || host.hasPrefix("127.")
        && host.utf8.allSatisfy {
          0x30...0x39 ~= $0 || $0 == UInt8(ascii: ".")
        }
  }

  /// `https://example.org:8443`: without what may be a secret.
  public var place: Printable {
    "\(Printable(scheme))://\(Printable(host))\(port.map { ":\(String($0))" as Printable } ?? "")"
  }

  /// All of it.
  var text: String { "\(place.text)\(path)" }
}
