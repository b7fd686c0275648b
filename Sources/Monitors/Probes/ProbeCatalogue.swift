/// All probes, for those who ask about them rather than through them.
public enum ProbeCatalogue {
  /// Every kernel source that is read: the target's first, then the machine's.
  public static let all: [any Probe.Type] = []
}
