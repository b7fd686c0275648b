import Glibc

/// How many times longer than on a real machine everything may take.
public enum Patience {
  /// 1, unless who runs the tests on an emulated machine asks for more with `PERFTOP_PATIENCE`.
  public static let factor: Double = {
    let asked = getenv("PERFTOP_PATIENCE").flatMap { Double(String(cString: $0)) } ?? 1
    return asked.isFinite ? min(max(asked, 1), 100) : 1
  }()
}
