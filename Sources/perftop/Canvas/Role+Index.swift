/// A number for each role, so that a table can be asked instead of a dictionary for each cell.
extension Role {
  /// How many numbers there are.
  static let indexCount = gradientBase + Gradient.allCases.count * levels

  private static let levels = 101
  private static let plain: [Role] = [
    .text, .dim, .title, .key, .selected, .graphText, .frozen, .banner,
  ]
  private static let borderBase = 8
  private static let shadeBase = borderBase + Border.allCases.count
  private static let gradientBase = shadeBase + Shade.allCases.count

  var index: Int {
    switch self {
    case .text: 0
    case .dim: 1
    case .title: 2
    case .key: 3
    case .selected: 4
    case .graphText: 5
    case .frozen: 6
    case .banner: 7
    case .border(let border): Role.borderBase + border.rawValue
    case .severity(let shade): Role.shadeBase + shade.rawValue
    case .gradient(let gradient, let level):
      Role.gradientBase + gradient.rawValue * Role.levels + Int(min(level, 100))
    }
  }

  /// The role of a number; plain text for one that is none's.
  init(index: Int) {
    if index < Role.borderBase {
      self = Role.plain.indices.contains(index) ? Role.plain[index] : .text
    } else if let border = Border(rawValue: index - Role.borderBase) {
      self = .border(border)
    } else if let shade = Shade(rawValue: index - Role.shadeBase) {
      self = .severity(shade)
    } else {
      let place = index - Role.gradientBase
      let gradient = Gradient(rawValue: place / Role.levels)
      self = gradient.map { .gradient($0, UInt8(place % Role.levels)) } ?? .text
    }
  }
}
