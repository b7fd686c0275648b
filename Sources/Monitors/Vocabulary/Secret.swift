/// A password, a token, or an address that is as good as one: prints as `***`, wherever it ends up.
public struct Secret: Sendable, Hashable, CustomStringConvertible, CustomDebugStringConvertible,
  CustomReflectable
{
  /// What it is, for who hands it over and for nobody else.
  public let revealed: String

  /// Hides a text.
  public init(_ text: String) { revealed = text }

  /// `***`.
  public var description: String { "***" }
  /// `***`.
  public var debugDescription: String { "***" }
  /// Nothing to look into.
  public var customMirror: Mirror { Mirror(self, children: [], displayStyle: .struct) }
}
