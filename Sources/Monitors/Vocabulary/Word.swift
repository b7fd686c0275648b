/// The six things perftop knows about; order is screen order, and the raw value is the name everywhere.
public enum Word: String, CaseIterable, Sendable {
  case memory, storage, batching, quality, thermal, alerts

  /// The name as a heading: `Memory`.
  public var title: String { rawValue.prefix(1).uppercased() + rawValue.dropFirst() }

  /// Where the word stands among the six, from 1: also the key that focuses its pane.
  public var place: Int { (Word.allCases.firstIndex(of: self) ?? 0) + 1 }
}
