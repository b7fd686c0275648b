internal import CSystem
import Glibc

/// Stays with a launched program: reads what it prints, and says how it ended.
///
/// It belongs to no terminal and ignores every polite signal, so the program meets neither a closed pipe nor SIGHUP
/// when perftop, its terminal or its network connection goes away.
public struct Keeper {
  /// The descriptor on which it speaks with perftop.
  static let control: Int32 = 3
  private static let gracePeriod = 3.0
  private static let chunk = 65536

  private let request: KeeperRequest
  private let host: Host
  private let pid: pid_t
  private let child: Int32
  private var output: Int32
  private var control = Keeper.control
  private var log: RunLog?
  private let started: Moment
  private var end: ProcessEnd?
  private var killTime: Moment?

  /// Runs a keeper until its program and everything it started are silent.
  ///
  /// - Parameter arguments: What followed `keep` on the command line.
  /// - Returns: The status to exit with.
  public static func run(_ arguments: [[UInt8]], host: Host) -> Int32 {
    guard isSpokenTo, let request = KeeperRequest(parsing: arguments) else {
      try? StandardStream.error.write("perftop: keep: only perftop itself can start it\n")
      return 2
    }
    for number in [SIGHUP, SIGINT, SIGQUIT, SIGPIPE, SIGTERM, SIGTSTP] { signal(number, SIG_IGN) }
    _ = cs_set_thread_name("perftop-keeper")
    do throws(SystemError) {
      let user = request.keepsRoot ? nil : try CallingUser.behindSudo(host.environment)
      try user?.become()
      return keep(request, host, user)
    } catch {
      KeeperMessage.refusedIdentity(errno: error.code).send(to: control)
      return 1
    }
  }

  private static var isSpokenTo: Bool {
    var kind: Int32 = 0
    var size = socklen_t(MemoryLayout<Int32>.size)
    return getsockopt(control, SOL_SOCKET, SO_TYPE, &kind, &size) == 0
      && kind == Int32(SOCK_SEQPACKET.rawValue)
  }

  private static func keep(_ request: KeeperRequest, _ host: Host, _ user: CallingUser?) -> Int32 {
    do throws(SystemError) {
      var keeper = try Keeper(request, host)
      keeper.announce(user)
      keeper.stay()
      keeper.finish()
      return 0
    } catch {
      KeeperMessage.failed(errno: error.code).send(to: control)
      return 1
    }
  }

  private init(_ request: KeeperRequest, _ host: Host) throws(SystemError) {
    _ = fcntl(Keeper.control, F_SETFD, FD_CLOEXEC)
    let (reading, writing) = try Descriptors.pipe()
    defer { close(writing) }
    let spawn = Spawn(
      program: request.command.first ?? [], arguments: request.command, isSearched: true,
      descriptors: [STDIN_FILENO, writing, writing], hasOwnGroup: true)
    started = host.time.now()
    pid = try spawn.start()
    child = cs_pidfd_open(pid)
    output = reading
    self.request = request
    self.host = host
    log = request.keepsOutput ? Keeper.openLog(request, pid, host) : nil
    _ = fcntl(reading, F_SETFL, O_NONBLOCK)
  }

  private static func openLog(_ request: KeeperRequest, _ pid: pid_t, _ host: Host) -> RunLog? {
    guard let path = RunsDirectory.path(host.environment),
      let directory = try? PrivateDirectory(making: path)
    else { return nil }
    RunsDirectory.tidy(directory, files: host.files)
    let name = RunsDirectory.name(program: request.command.first ?? [], pid: pid)
    return try? RunLog(in: directory, name: name)
  }

  private func announce(_ user: CallingUser?) {
    note()
    KeeperMessage.started(pid: pid, log: log?.path ?? "", user: user?.words.text ?? "")
      .send(to: control)
  }

  private func note() {
    let command = request.command.map { Printable(bytes: $0).text }.joined(separator: " ")
    var facts: [(String, Printable)] = [
      ("pid", "\(pid)"), ("command", Printable(command)),
      ("started", Printable(Units.timestamp(wall: started.wall))),
    ]
    if let end {
      facts.append(("ended", Printable(Units.timestamp(wall: host.time.now().wall))))
      facts.append(("status", end.words))
    }
    log?.note(facts)
  }

  private mutating func stay() {
    while !isOver {
      let said = Descriptors.wait(
        on: [output, end == nil ? child : -1, control], milliseconds: patience)
      if said[0] != 0 { drain() }
      if end == nil, said[1] != 0 || child < 0 { noticeEnd() }
      if said[2] != 0 { hearWatcher() }
      if let killTime, host.time.now() >= killTime {
        kill(-pid, SIGKILL)
        self.killTime = nil
      }
    }
  }

  /// A program that ends with its watcher is done with when nobody watches; any other when it has fallen silent.
  private var isOver: Bool {
    guard end != nil else { return false }
    if request.endsWithWatcher { return control < 0 && (output < 0 || killTime == nil) }
    return output < 0
  }

  private var patience: Int32 { killTime != nil || (child < 0 && end == nil) ? 100 : -1 }

  private mutating func drain() {
    withUnsafeTemporaryAllocation(byteCount: Keeper.chunk, alignment: 16) { buffer in
      let count = read(output, buffer.baseAddress, buffer.count)
      if count > 0 {
        log?.append(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
      } else if count == 0 || (errno != EAGAIN && errno != EINTR) {
        close(output)
        output = -1
      }
    }
  }

  /// Where the whole group may still have to be ended, the program stays a zombie, so that its number is not reused.
  private mutating func noticeEnd() {
    let status = cs_wait_status_kept(pid)
    guard status >= 0 else { return }
    // What it printed last still lies in the pipe, which holds no more than one chunk.
    for _ in 0..<2 where output >= 0 { drain() }
    if !request.endsWithWatcher { waitpid(pid, nil, 0) }
    end = ProcessEnd(waitStatus: status)
    note()
    KeeperMessage.ended(
      waitStatus: status, lost: log?.loss?.code ?? 0, hasLog: log?.hasOutput ?? false
    ).send(to: control)
  }

  private mutating func hearWatcher() {
    guard KeeperMessage.receive(from: control) == .over else { return }
    // Kept open: perftop may be waiting at the other end for this process to be gone.
    control = -1
    guard request.endsWithWatcher else { return }
    kill(-pid, SIGTERM)
    killTime = host.time.now().later(by: Keeper.gracePeriod)
  }

  private mutating func finish() {
    if request.endsWithWatcher {
      kill(-pid, SIGKILL)
      waitpid(pid, nil, 0)
    }
    if let directory = request.removing { DemoDirectory.remove(directory) }
  }
}
