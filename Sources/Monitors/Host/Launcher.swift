import Glibc

/// Starts programs that outlive their watcher.
///
/// Between perftop and the program stands a keeper: a process without a terminal that reads what the program prints,
/// whatever becomes of perftop, and tells perftop how the program ended.
public enum Launcher {
  /// How a program is launched.
  public struct Options: Sendable {
    /// Whether it is ended, with its process group, when perftop goes.
    public var endsWithWatcher = false
    /// Whether it stays root under sudo.
    public var keepsRoot = false
    /// Whether its output is kept in a log.
    public var keepsOutput = true
    /// A directory of the demo that the keeper removes when all is over.
    public var removing: String?
    /// The program that knows `keep`: perftop itself.
    public var executable = Launcher.ownExecutable

    /// Launches as `perftop -- COMMAND` does.
    public init() {}
  }

  /// The running program itself, even if its file was replaced since.
  public static let ownExecutable = "/proc/self/exe"
  private static let patience: Int32 = 30_000

  /// Launches a program; the command is its name and its arguments.
  public static func start(command: [[UInt8]], options: Options = Options())
    throws(LaunchError) -> LaunchedProgram
  {
    let keeper: pid_t
    let near: Int32
    do throws(SystemError) {
      (keeper, near) = try startKeeper(command, options)
    } catch {
      throw .keeper(error)
    }
    var program = LaunchedProgram(keeper: keeper, descriptor: near)
    do throws(LaunchError) {
      try program.awaitStart(of: command.first ?? [], milliseconds: patience)
    } catch {
      program.leave()
      throw error
    }
    return program
  }

  private static func startKeeper(_ command: [[UInt8]], _ options: Options)
    throws(SystemError) -> (pid_t, Int32)
  {
    let null = open("/dev/null", O_RDWR | O_CLOEXEC)
    guard null >= 0 else { throw .last }
    defer { close(null) }
    let (near, far) = try Descriptors.conversation()
    defer { close(far) }
    let spawn = Spawn(
      program: Array(options.executable.utf8),
      arguments: [Array("perftop".utf8), Array("keep".utf8)]
        + KeeperRequest(options).arguments.map { Array($0.utf8) } + [Array("--".utf8)] + command,
      descriptors: [null, null, null, far], hasOwnSession: true)
    do throws(SystemError) {
      return (try spawn.start(), near)
    } catch {
      close(near)
      throw error
    }
  }
}
