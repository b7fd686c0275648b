internal import CSystem
import Glibc

/// A program that is run to its end, or to its deadline: no shell, no terminal, and no more of its output than is wanted.
public struct ProgramCall: Sendable {
  /// Its name or path, and its arguments.
  public var words: [String]
  /// Variables it gets beside those of this program.
  public var variables: [String: String] = [:]
  /// Variables of this program that it gets; `nil` is all of them.
  public var inherited: [String]?
  /// What stands on its standard input; `nil` is nothing.
  public var input: [UInt8]?
  /// Whether it runs as the person who called sudo, where this program runs by sudo.
  public var actsForCaller = true

  /// Ends it and all that it has started.
  var kill: @Sendable (pid_t) -> Void = { _ = Glibc.kill(-$0, SIGKILL) }
  /// Opens what tells of its end; negative where there are no descriptors left.
  var watch: @Sendable (pid_t) -> Int32 = { cs_pidfd_open($0) }

  /// What became of it.
  public struct Outcome: Sendable, Equatable {
    /// How it ended; `nil` if it did not end in time.
    public var end: ProcessEnd?
    /// The last line it printed, cut to a readable length.
    public var lastLine: Printable
  }

  private static let keptOutput = 65536
  private static let longestLine = 200

  /// Names a program.
  public init(_ words: [String]) { self.words = words }

  /// Runs it; under sudo as the person who called sudo.
  public func run(host: Host, deadline: Moment) throws(SystemError) -> Outcome {
    guard let program = words.first else { throw SystemError(EINVAL) }
    let caller = actsForCaller ? try CallingUser.behindSudo(host.environment) : nil
    let standing = try source()
    defer { close(standing) }
    let (reading, writing) = try Descriptors.pipe()
    defer { close(reading) }
    var spawn = Spawn(
      program: Array(program.utf8), arguments: words.map { Array($0.utf8) }, isSearched: true,
      descriptors: [standing, writing, writing], hasOwnGroup: true)
    spawn.changes = changes(for: caller)
    spawn.environment = inherited.map { names in
      let known = names.map { ($0, host.environment($0)) }
      let pairs = known.compactMap { name, value in value.map { (name, $0) } }
      return Dictionary(pairs) { $1 }
    }
    let pid: pid_t
    do throws(SystemError) {
      pid = try ProgramCall.start(spawn, as: caller)
      close(writing)
    } catch {
      close(writing)
      throw error
    }
    return follow(pid, output: reading, host.time, deadline)
  }

  /// What it reads: nothing, or a piece of memory that has no room to run out of, as a pipe has.
  private func source() throws(SystemError) -> Int32 {
    guard let input else {
      let null = open("/dev/null", O_RDONLY | O_CLOEXEC)
      guard null >= 0 else { throw .last }
      return null
    }
    let memory = cs_memfd_create("perftop-input")
    guard memory >= 0 else { throw .last }
    do throws(SystemError) {
      try Descriptors.write(input, to: memory)
      lseek(memory, 0, SEEK_SET)
      return memory
    } catch {
      close(memory)
      throw error
    }
  }

  private func changes(for caller: CallingUser?) -> [String: String] {
    var changes = variables
    guard let caller else { return changes }
    if !caller.home.isEmpty { changes["HOME"] = caller.home }
    for name in ["USER", "LOGNAME"] where !caller.name.isEmpty { changes[name] = caller.name }
    return changes
  }

  /// The thread alone changes who it is; what it starts inherits that and can not come back.
  private static func start(_ spawn: Spawn, as caller: CallingUser?) throws(SystemError) -> pid_t {
    guard let caller else { return try spawn.start() }
    guard cs_thread_act_as(caller.user, caller.group, 1) == 0 else {
      let failure = SystemError.last
      _ = cs_thread_act_as_root()
      throw failure
    }
    defer { _ = cs_thread_act_as_root() }
    return try spawn.start()
  }

  private func follow(
    _ pid: pid_t, output: Int32, _ time: any TimeSource, _ deadline: Moment
  ) -> Outcome {
    var called = CalledProgram(pid, handle: watch(pid))
    defer { called.letGo() }
    var tail: [UInt8] = []
    var isOpen = true
    while called.status == nil {
      let left = deadline.nanoseconds - time.now().nanoseconds
      guard left > 0 else { break }
      let hasPrinted = called.wait(
        isOpen ? output : -1, milliseconds: Int32(clamping: left / 1_000_000 + 1))
      if hasPrinted { isOpen = ProgramCall.drain(output, into: &tail) }
    }
    if isOpen, Descriptors.wait(on: [output], milliseconds: 0)[0] != 0 {
      _ = ProgramCall.drain(output, into: &tail)
    }
    let end = called.status.map { ProcessEnd(waitStatus: $0) }
    if end == nil {
      kill(pid)
      called.waitForEnd()
    }
    return Outcome(end: end, lastLine: ProgramCall.lastLine(tail))
  }

  /// Keeps the end of what comes, however much that is; `false` when nothing more will.
  private static func drain(_ output: Int32, into tail: inout [UInt8]) -> Bool {
    let bytes = [UInt8](unsafeUninitializedCapacity: keptOutput) { buffer, count in
      count = max(0, read(output, buffer.baseAddress, keptOutput))
    }
    tail = Array((tail + bytes).suffix(keptOutput))
    return !bytes.isEmpty
  }

  private static func lastLine(_ bytes: [UInt8]) -> Printable {
    let lines = bytes.split(separator: 10).filter { line in line.contains { $0 > 32 } }
    return Printable(bytes: (lines.last ?? []).prefix(longestLine))
  }
}
