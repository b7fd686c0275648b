/// Something that happened at a moment and is drawn on the time axis of the graphs.
public struct Mark: Sendable, Equatable {
  /// What kind of thing happened.
  public enum Kind: String, Sendable, CaseIterable {
    case action, quality, alert, restart, gap, clock

    /// One letter that stands on the time axis.
    public var letter: Printable {
      switch self {
      case .action: "a"
      case .quality: "q"
      case .alert: "!"
      case .restart: "R"
      case .gap: "~"
      case .clock: "c"
      }
    }

    /// What the letter stands for.
    public var words: Printable {
      switch self {
      case .action: "something was done"
      case .quality: "level of quality"
      case .alert: "alert"
      case .restart: "restart"
      case .gap: "no readings"
      case .clock: "clock set"
      }
    }
  }

  /// The kind.
  public var kind: Kind
  /// The place on the graphs: the same number as in every `Series`.
  public var place: Int
  /// When it was.
  public var at: Moment
  /// What to say about it.
  public var label: Printable

  /// Makes a mark.
  public init(_ kind: Kind, place: Int, at: Moment, label: Printable) {
    self.kind = kind
    self.place = place
    self.at = at
    self.label = label
  }
}
