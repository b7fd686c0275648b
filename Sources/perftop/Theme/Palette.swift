/// How many colours there are.
enum Palette: String, Sendable, CaseIterable {
  case truecolor
  case indexed256 = "256"
  case sixteen = "16"
  case eight = "8"
  case off

  /// What a terminal's description and environment say of its colours.
  struct Offer: Sendable, Equatable {
    /// How many can be named by a number; none or less where it knows none.
    var colors: Int
    /// Whether 24 bits of colour can be written to it at all …
    var canDirect = false
    /// … and whether it is known to show them.
    var promisesDirect = false
  }

  /// What to use: what was asked for as far as the terminal has it; nothing where `NO_COLOR` is set and nothing was asked.
  static func choose(
    asked: Palette?, offer: Offer, environment: (String) -> String?
  ) -> Palette {
    let named: Palette =
      offer.colors >= 256
      ? .indexed256 : offer.colors >= 16 ? .sixteen : offer.colors >= 8 ? .eight : .off
    guard let asked else {
      if isRefused(environment) { return .off }
      return offer.canDirect && offer.promisesDirect ? .truecolor : named
    }
    let able = offer.canDirect ? .truecolor : named
    return asked.rank <= able.rank ? asked : able
  }

  /// Whether the environment asks for no colour: `NO_COLOR` with any value but an empty one.
  static func isRefused(_ environment: (String) -> String?) -> Bool {
    environment("NO_COLOR")?.isEmpty == false
  }

  private var rank: Int {
    switch self {
    case .off: 0
    case .eight: 1
    case .sixteen: 2
    case .indexed256: 3
    case .truecolor: 4
    }
  }
}
