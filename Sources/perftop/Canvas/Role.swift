/// What a cell is for; the theme says what that looks like.
enum Role: Sendable, Hashable {
  case text, dim, title, key, selected, border(Border), graphText
  case severity(Shade)
  /// A place on a colour gradient, from 0 to 100.
  case gradient(Gradient, UInt8)
  /// A tag with a background of its own: frozen, following, banner.
  case frozen, banner

  enum Border: Int, CaseIterable, Sendable {
    case memory, storage, batching, quality, thermal, alerts, focus
  }
  enum Gradient: Int, CaseIterable, Sendable {
    case memory, storageRead, storageWrite, cpu, temperature, process
  }
  enum Shade: Int, CaseIterable, Sendable { case ok, info, warning, critical, emergency, stale }
}

/// How a cell stands out, in addition to its role; survives where there is no colour.
struct Emphasis: OptionSet, Sendable, Hashable {
  let rawValue: UInt8
  static let bold = Emphasis(rawValue: 1)
  static let reversed = Emphasis(rawValue: 2)
  static let underlined = Emphasis(rawValue: 4)
}
