import Glibc

/// The binary under test, and the surroundings it is started in.
public enum BuiltProgram {
  /// `PERFTOP_BINARY`, else the one that was built beside these tests.
  public static let path: String = {
    if let path = getenv("PERFTOP_BINARY") { return String(cString: path) }
    return folder + "/perftop"
  }()

  /// A program of C that brings about faults, built beside these tests.
  public static let faultTool = folder + "/FaultTool"

  /// A second program at a journal of alerts, built beside these tests.
  public static let journalTool = folder + "/JournalTool"

  /// The example of a linked program, built beside these tests.
  public static let collector = folder + "/collector-swift"

  /// What sends mail and webhooks, built beside these tests.
  public static let deliver = folder + "/perftop-deliver"

  // The test bundle is run by a tool of the toolchain: only the bundle's own name on the command line says where it is.
  private static let folder: String = {
    let bundle = CommandLine.arguments.first { $0.hasSuffix(".xctest") } ?? own ?? ""
    let parts = bundle.split(separator: "/", omittingEmptySubsequences: false).dropLast()
    return parts.isEmpty ? ".build/debug" : parts.joined(separator: "/")
  }()

  private static let own: String? = {
    var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
    let count = readlink("/proc/self/exe", &buffer, buffer.count - 1)
    guard count > 0 else { return nil }
    let bytes = buffer.prefix(count).map { UInt8(truncatingIfNeeded: $0) }
    let path = String(decoding: bytes, as: UTF8.self)
    return path.contains("/.build/") ? path : nil
  }()

  static func resolved(_ arguments: [String]) -> [String] {
    arguments.map { $0 == "perftop" ? path : $0 }
  }

  /// A clean environment; an empty value leaves the variable out.
  static func environment(_ changes: [String: String]) -> [String: String] {
    let usual = [
      "PATH": getenv("PATH").map { String(cString: $0) } ?? "/usr/bin:/bin",
      "HOME": "/nonexistent", "TERM": "xterm-256color", "LANG": "C.UTF-8",
      "SWIFT_BACKTRACE": "enable=no",
    ]
    return usual.merging(changes) { $1 }.filter { !$0.value.isEmpty }
  }
}

/// A program run to its end without a terminal.
public struct ProgramRun {
  /// What stands on its standard input.
  public enum Input: Sendable { case nothing, closed, pipe }

  /// How it ended; `nil` if it had to be killed.
  public var ending: Ending?
  /// What it wrote to standard output.
  public var output = ""
  /// What it wrote to standard error.
  public var errors = ""
  /// How long it took, or would have on a real machine.
  public var seconds = 0.0

  /// What it returned; `nil` if it was killed.
  public var code: Int32? { ending?.code }

  /// Runs a program; `perftop` means the one that was built. What is not over in time is killed.
  public init(
    _ arguments: [String], input: Input = .nothing, environment: [String: String] = [:],
    within seconds: Double = 5, whenLine: ((Int, SessionChild) -> Void)? = nil
  ) {
    let outlet = ProgramRun.pipe()
    let errorOutlet = ProgramRun.pipe()
    let inlet = input == .pipe ? ProgramRun.pipe() : (open("/dev/null", O_RDONLY | O_CLOEXEC), -1)
    let begin = ContinuousClock.now
    let child = SessionChild(
      BuiltProgram.resolved(arguments), environment: BuiltProgram.environment(environment),
      streams: .descriptors(
        input: input == .closed ? nil : inlet.0, output: outlet.1, errors: errorOutlet.1))
    for descriptor in [outlet.1, errorOutlet.1, inlet.0] { close(descriptor) }
    if let child {
      collect(child, from: [outlet.0, errorOutlet.0], within: seconds, whenLine)
      ending = child.ending
    }
    self.seconds = begin.duration(to: .now) / .seconds(1) / Patience.factor
    for descriptor in [outlet.0, errorOutlet.0, inlet.1] where descriptor >= 0 { close(descriptor) }
  }

  private static func pipe() -> (Int32, Int32) {
    var ends: [Int32] = [-1, -1]
    Glibc.pipe(&ends)
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    return (ends[0], ends[1])
  }

  private mutating func collect(
    _ child: SessionChild, from sources: [Int32], within seconds: Double,
    _ whenLine: ((Int, SessionChild) -> Void)?
  ) {
    let deadline = Deadline(seconds)
    var collected: [[UInt8]] = [[], []]
    var lines = 0
    while let left = deadline.milliseconds {
      var requests = sources.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
      requests.append(pollfd(fd: child.endDescriptor, events: Int16(POLLIN), revents: 0))
      poll(&requests, UInt(requests.count), left)
      for index in 0..<2 where requests[index].revents & Int16(POLLIN) != 0 {
        let bytes = ProgramRun.receive(sources[index])
        collected[index] += bytes
        for byte in bytes where byte == 10 && index == 0 {
          lines += 1
          whenLine?(lines, child)
        }
      }
      let hasMore = requests[0...1].contains { $0.revents & Int16(POLLIN) != 0 }
      if !hasMore, child.reap() { break }
    }
    output = String(decoding: collected[0], as: UTF8.self)
    errors = String(decoding: collected[1], as: UTF8.self)
  }

  private static func receive(_ descriptor: Int32) -> [UInt8] {
    let capacity = 65536
    return [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
      count = max(0, read(descriptor, buffer.baseAddress, capacity))
    }
  }
}
