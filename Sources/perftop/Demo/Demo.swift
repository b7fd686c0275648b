import Monitors

/// A running demo: the robot, and the directory it lives in.
struct Demo {
  private static let patience: Int32 = 5000

  private let directory: String
  private(set) var program: LaunchedProgram

  /// The robot's number: watch this.
  var pid: Int32 { program.pid }
  /// What stands in for `/sys`.
  var sysDirectory: String { Demo.sysDirectory(in: directory) }
  /// Readable when the robot has ended.
  var descriptor: Int32 { program.descriptor }

  static func sysDirectory(in directory: String) -> String { "\(directory)/sys" }
  static func filesDirectory(in directory: String) -> String { "\(directory)/data" }

  init(directory: String, program: LaunchedProgram) {
    self.directory = directory
    self.program = program
  }

  /// How the robot ended, or `nil` while it runs; never waits.
  mutating func status() -> ProcessEnd? { program.status() }

  /// Waits until the robot has ended by itself.
  mutating func wait() -> ProcessEnd { program.wait() }

  /// Ends the robot and waits until nothing of it is left.
  mutating func stop() {
    program.finish(within: Demo.patience)
    DemoDirectory.remove(directory)
  }
}

/// Starts demos.
enum DemoRobot {
  /// Lays the board, starts the robot on it, and lets nothing remain of either when this program ends.
  static func start(
    seconds: Double? = nil, host: Host, executable wish: String? = nil
  ) throws(LaunchError) -> Demo {
    let executable = wish ?? ownPath(host)
    DemoDirectory.sweep(host)
    let directory: String
    do throws(SystemError) {
      directory = try DemoDirectory.make(host)
    } catch {
      throw .directory(error)
    }
    var board = SimulatedBoard(directory: Demo.sysDirectory(in: directory))
    board.lay()
    DemoTree(Demo.filesDirectory(in: directory)).prepare()
    do throws(LaunchError) {
      let command = command(directory, seconds, executable)
      let program = try Launcher.start(
        command: command, options: options(directory, executable))
      return Demo(directory: directory, program: program)
    } catch {
      DemoDirectory.remove(directory)
      throw error
    }
  }

  /// Where this program lies, so that every list shows the robot by that name; by number where the file is gone.
  private static func ownPath(_ host: Host) -> String {
    let path = try? host.files.readLink(Launcher.ownExecutable, in: nil)
    let text = String(decoding: path ?? [], as: UTF8.self)
    return text.isEmpty || text.hasSuffix(" (deleted)") ? Launcher.ownExecutable : text
  }

  private static func command(_ directory: String, _ seconds: Double?, _ executable: String)
    -> [[UInt8]]
  {
    var words = [executable, "robot", directory]
    if let seconds { words += ["--seconds", "\(seconds)"] }
    return words.map { Array($0.utf8) }
  }

  private static func options(_ directory: String, _ executable: String) -> Launcher.Options {
    var options = Launcher.Options()
    options.endsWithWatcher = true
    options.keepsRoot = true
    options.keepsOutput = false
    options.removing = directory
    options.executable = executable
    return options
  }
}
