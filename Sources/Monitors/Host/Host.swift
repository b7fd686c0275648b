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
  /// Directories whose changes are told.
  public var watching: any DirectoryWatching
  /// Environment variables.
  public var environment: @Sendable (String) -> String?
  /// The board's firmware, where it can be asked; only this machine's own can.
  public var firmware: any Firmware = NoFirmware()
  /// The library through which NVIDIA's driver answers; `nil` where nobody may load one.
  public var graphicsLibrary: GraphicsLibrary?
  /// Whether temperatures are made up.
  public var isSimulated: Bool
  /// Whether the machine is a tree of files and nothing can be done to it.
  public var isFixture: Bool

  /// Puts a host together.
  public init(
    files: any Files, time: any TimeSource, processes: any Processes,
    environment: @escaping @Sendable (String) -> String?, isSimulated: Bool = false,
    isFixture: Bool = false, watching: any DirectoryWatching = NoDirectoryWatching()
  ) {
    self.files = files
    self.time = time
    self.processes = processes
    self.environment = environment
    self.isSimulated = isSimulated
    self.isFixture = isFixture
    self.watching = watching
  }

  /// This machine; `simulatedSys` is a directory that stands in for the sensors in `/sys`.
  public static func live(simulatedSys: String? = nil) -> Host {
    let real = ["/sys/fs", "/sys/block", "/sys/dev/", "/sys/class/drm"]
    let redirections = simulatedSys.map { simulated in
      real.map { LiveFiles.Redirection(prefix: $0, target: $0) }
        + [LiveFiles.Redirection(prefix: "/sys", target: simulated)]
    }
    var host = Host(
      files: LiveFiles(redirections: redirections ?? []), time: LiveTime(),
      processes: LiveProcesses(), environment: liveVariable, isSimulated: simulatedSys != nil,
      watching: LiveDirectoryWatching())
    host.graphicsLibrary = GraphicsLibrary()
    // A made-up temperature beside the real board's throttling would be half a lie.
    if simulatedSys == nil { host.firmware = LiveFirmware() }
    return host
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
