import Glibc

/// Everything perftop can ask of the machine, in one value that is made once and passed down.
///
///     let host = Host.live()
///     let fixture = Host.fixture("Tests/Fixtures/hosts/orin/000")
public struct Host: Sendable {
  /// Files, live or pretended.
  public var files: any Files
  /// Clocks.
  public var time: any TimeSource
  /// Processes as things to hold.
  public var processes: any Processes
  /// Environment variables.
  public var environment: @Sendable (String) -> String?
  /// Whether temperatures are made up.
  public var isSimulated: Bool
  /// Whether the machine is a tree of files and nothing can be done to it.
  public var isFixture: Bool

  /// Puts a host together.
  public init(
    files: any Files, time: any TimeSource, processes: any Processes,
    environment: @escaping @Sendable (String) -> String?, isSimulated: Bool = false,
    isFixture: Bool = false
  ) {
    self.files = files
    self.time = time
    self.processes = processes
    self.environment = environment
    self.isSimulated = isSimulated
    self.isFixture = isFixture
  }

  /// This machine; `simulatedSys` is a directory that stands in for the sensors in `/sys`.
  public static func live(simulatedSys: String? = nil) -> Host {
    let real = ["/sys/fs", "/sys/block", "/sys/dev/", "/sys/class/drm"]
    let redirections = simulatedSys.map { simulated in
      real.map { LiveFiles.Redirection(prefix: $0, target: $0) }
        + [LiveFiles.Redirection(prefix: "/sys", target: simulated)]
    }
    return Host(
      files: LiveFiles(redirections: redirections ?? []), time: LiveTime(),
      processes: LiveProcesses(),
      environment: liveVariable, isSimulated: simulatedSys != nil)
  }

  /// A tree of files in place of the machine.
  public static func fixture(_ sysroot: String) -> Host {
    Host(
      files: LiveFiles(sysroot: sysroot), time: LiveTime(), processes: FixtureProcesses(),
      environment: liveVariable, isFixture: true)
  }

  private static let liveVariable: @Sendable (String) -> String? = { name in
    getenv(name).map { String(cString: $0) }
  }
}
