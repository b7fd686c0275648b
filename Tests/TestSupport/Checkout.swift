/// The tree that these tests were built from.
public enum Checkout {
  /// Where it is.
  public static let root = #filePath.split(separator: "/").dropLast(3).reduce("") { "\($0)/\($1)" }
}

extension Ability {
  /// Whether there is a program of that name.
  public static func program(_ name: String) -> Ability {
    Ability(ProgramRun(["sh", "-c", "command -v \(name)"]).code == 0 ? "" : "no \(name)")
  }
}
