import Monitors

/// What a description says of colours.
struct TerminalTraits: Sendable, Equatable {
  /// The name the description was found by.
  let name: String
  /// How many colours have a number.
  var colors = 0
  /// The sequence that sets one; empty where there is none.
  var setter: [UInt8] = []

  /// Whether the numbers of colours are 24 bits of colour themselves.
  var isDirect: Bool { isNamedDirect && colors == 1 << 24 && (sets("38:2:") || sets("38;2;")) }

  /// Whether its name says so: ncurses then makes no table of all the colours.
  var isNamedDirect: Bool {
    name.split(separator: "-").dropFirst().contains { $0.hasPrefix("direct") }
  }

  /// No terminal has that many: ncurses would make a table of them.
  var isAbsurd: Bool { colors > 256 && !isDirect }

  /// Whether a number can be told apart in what is written, and be replaced by a colour.
  private var canSpell: Bool { colors == 256 && sets("38;5;") }

  private func sets(_ part: String) -> Bool {
    let wanted = Array(part.utf8)
    guard setter.count >= wanted.count else { return false }
    return (0...(setter.count - wanted.count)).contains { setter[$0...].starts(with: wanted) }
  }

  /// What there is to choose from.
  func offer(
    _ kind: TerminalKind, description: TerminalDescription, environment: (String) -> String?
  ) -> Palette.Offer {
    var offer = Palette.Offer(colors: isAbsurd ? 0 : colors)
    offer.canDirect = isDirect || canSpell && kind.hasReports
    offer.promisesDirect = isDirect || kind.promisesDirect(environment)
    if offer.canDirect, !offer.promisesDirect, kind.believesDescription(environment) {
      offer.promisesDirect = description.promisesDirect
    }
    return offer
  }

  /// A capability without its padding, which no terminal of today needs.
  static func unpadded(_ capability: [UInt8]) -> [UInt8] {
    var bytes: [UInt8] = []
    var isPadding = false
    for byte in capability {
      if byte == UInt8(ascii: "<"), bytes.last == UInt8(ascii: "$") {
        bytes.removeLast()
        isPadding = true
      } else if !isPadding {
        bytes.append(byte)
      } else if byte == UInt8(ascii: ">") {
        isPadding = false
      }
    }
    return bytes
  }
}
