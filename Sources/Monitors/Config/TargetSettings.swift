/// A program that is not linked, and the commands that reach it: argument lists, never a shell.
public struct TargetSettings: Sendable, Equatable {
  /// The name of the program, or an expression over its command line.
  public var match: String
  /// Collects its garbage; empty where nothing does.
  public var collect: [String] = []
  /// Empties its caches.
  public var evict: [String] = []
  /// Sets its level of quality.
  public var quality: [String] = []

  /// One that nothing reaches.
  public init(match: String) { self.match = match }

  /// What may stand in the place of a whole argument: the level's name, and the number of the process.
  public enum Placeholder: String, Sendable, CaseIterable {
    case level = "{level}"
    case pid = "{pid}"
  }
}
