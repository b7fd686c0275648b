import Glibc

/// Whether this machine lets a test bring about a fault, and if not, why.
public struct Ability: Sendable {
  /// What stands in the way; empty if nothing does.
  public var obstacle: String
  /// Whether the test can run.
  public var isAvailable: Bool { obstacle.isEmpty }

  init(_ obstacle: String) { self.obstacle = obstacle }

  /// Tries a command: what it says when it fails is the obstacle.
  init(trying command: [String], as what: String) {
    let run = ProgramRun(command)
    self.init(run.code == 0 ? "" : "\(what): \(run.errors.split(separator: "\n").last ?? "failed")")
  }
}

/// Faults to order: each is a command that runs another command in a world where something is wrong.
public enum FaultKit {
  /// Runs a command with mounts of its own.
  public static let apart = ["unshare", "-m", "--propagation", "private"]

  /// Whether files can be mounted over for one command alone.
  public static let mounts = Ability(
    trying: apart + ["mount", "-t", "tmpfs", "none", "/mnt"], as: "no mount namespace")

  /// Whether process numbers can be started from 1 again.
  public static let processNumbers = Ability(
    trying: apart + ["--pid", "--fork", "--mount-proc", "true"], as: "no process namespace")

  /// Whether a filesystem that never answers can be mounted.
  public static let deadMounts =
    !mounts.isAvailable ? mounts : Ability(access("/dev/fuse", W_OK) == 0 ? "" : "no /dev/fuse")

  /// Whether a command can be run as somebody else.
  public static let otherUser = Ability(
    trying: asNobody + ["test", "-x", BuiltProgram.path], as: "can not act as another user")

  /// Whether a program that is not there is refused at once, as everywhere but where processes are emulated.
  public static let refusals: Ability = {
    var number = pid_t()
    var arguments: [UnsafeMutablePointer<CChar>?] = [nil]
    let refusal = posix_spawn(&number, "/nonexistent/program", nil, nil, &arguments, nil)
    if refusal == 0 { waitpid(number, nil, 0) }
    return Ability(refusal == 0 ? "a program that is not there is started all the same" : "")
  }()

  /// Whether a program can type into the terminal that it runs on, as kernels before 6.2 allow everybody.
  public static let typing: Ability = {
    let folder = TemporaryFolder()
    let text = ["type", "typed\n", "\(folder.path)/count"]
    guard let session = try? Session([BuiltProgram.faultTool] + text),
      session.ends(within: 3)?.code == 0
    else { return Ability("no terminal to type into") }
    return Ability(session.typedAhead > 0 ? "" : "the kernel lets no program type (TIOCSTI)")
  }()

  /// Whether a library can be put before a program's own.
  public static let compiler = Ability(trying: ["cc", "--version"], as: "no C compiler")

  /// Runs a command as a user without rights.
  public static let asNobody = [
    "setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--inh-caps=-all",
  ]

  /// Runs a command in a world where one path is another file.
  public static func overmounting(_ path: String, with replacement: String) -> [String] {
    apart + ["sh", "-c", "mount --bind \"$1\" \"$2\" && shift 2 && exec \"$@\"", "sh"]
      + [replacement, path]
  }

  /// Runs a command in a world where reading a path never returns.
  public static func hanging(_ path: String, scratch: TemporaryFolder) -> [String] {
    let script = """
      : >"$3"; "$1" hang "$2" >"$3" 2>&1 & until [ -s "$3" ]; do sleep 0.01; done; shift 3; exec "$@"
      """
    let arguments = [BuiltProgram.faultTool, path, scratch.path + "/hanging"]
    return apart + ["sh", "-c", script, "sh"] + arguments
  }

  /// Runs a command in a world where nobody sees the processes of others; number 1 is root's.
  public static let hidingProcesses =
    apart + ["--pid", "--fork", "--kill-child"]
    + ["sh", "-c", "mount -t proc -o hidepid=2 proc /proc || exit 9; \"$@\"; exit $?", "sh"]

  /// Builds the library that moves the wall clock; `nil` where that fails.
  public static func clockLibrary(in folder: TemporaryFolder, file: String = #filePath) -> String? {
    let source = file.split(separator: "/").dropLast(2).joined(separator: "/")
    let library = folder.path + "/jump.so"
    let run = ProgramRun(
      ["cc", "-shared", "-fPIC", "-O1", "/\(source)/FaultTool/preload/jump.c", "-o", library],
      within: 20)
    return run.code == 0 ? library : nil
  }
}

/// A process to be watched, with whatever is odd about it; ends with the object.
public final class Specimen {
  /// Its number.
  public var pid: Int32 { child.pid }
  private let child: SessionChild
  private let output: Int32

  /// Starts a program and, if it is the fault tool, waits until it is ready.
  public init?(_ arguments: [String], environment: [String: String] = [:]) {
    var ends: [Int32] = [-1, -1]
    pipe(&ends)
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    let nothing = open("/dev/null", O_RDWR | O_CLOEXEC)
    let isTool = arguments.first == BuiltProgram.faultTool
    let child = SessionChild(
      arguments, environment: BuiltProgram.environment(environment),
      streams: .descriptors(input: nothing, output: isTool ? ends[1] : nothing, errors: nothing))
    close(ends[1])
    close(nothing)
    output = ends[0]
    guard let child else {
      close(ends[0])
      return nil
    }
    self.child = child
    var request = pollfd(fd: output, events: Int16(POLLIN), revents: 0)
    if isTool { poll(&request, 1, Deadline(3).milliseconds ?? 0) }
  }

  /// A fault tool's process.
  public convenience init?(tool verb: String, _ arguments: String...) {
    self.init([BuiltProgram.faultTool, verb] + arguments)
  }

  deinit { close(output) }

  /// Sends it a signal.
  public func signal(_ number: Int32) { child.signal(number) }
}

/// A folder that goes away with the object.
public final class TemporaryFolder {
  /// Where it is.
  public let path: String

  /// Makes one that everybody may write to.
  public init() {
    var template = Array("/tmp/perftop-test.XXXXXX".utf8CString)
    mkdtemp(&template)
    path = String(
      decoding: template.dropLast().map { UInt8(truncatingIfNeeded: $0) }, as: UTF8.self)
    chmod(path, 0o777)
  }

  deinit { _ = ProgramRun(["rm", "-rf", "--one-file-system", path]) }

  /// Writes a file, or to who reads from a named pipe by then.
  public func write(_ name: String, _ text: String) {
    let descriptor = Gate.open(
      "\(path)/\(name)", O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, within: 5)
    let bytes = Array(text.utf8)
    _ = Glibc.write(descriptor, bytes, bytes.count)
    close(descriptor)
  }

  /// What is in a file, without the space around it; `nil` while there is nothing.
  public func read(_ name: String) -> String? {
    let capacity = 65536
    let descriptor = open("\(path)/\(name)", O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    let bytes = [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
      count = max(0, Glibc.read(descriptor, buffer.baseAddress, capacity))
    }
    let words = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline)
    return words.isEmpty ? nil : words.joined(separator: "\n")
  }

  /// Waits until something has written to a file.
  public func waits(for name: String, within seconds: Double = 3) -> String? {
    let step: Int32 = 5
    let deadline = Deadline(seconds)
    while deadline.milliseconds != nil {
      if let text = read(name) { return text }
      poll(nil, 0, step)
    }
    return nil
  }
}
