import Glibc

/// Into a JVM by the socket through which its own tools attach; speaks to it directly, so no JDK is needed.
struct JavaRoad: Road {
  let name: Printable = "JVM attach"

  func take(_ errand: Errand) throws(RoadFailure) -> Achievement {
    let socket = try socket(of: errand)
    let before = JavaRoad.heap(try ask("GC.heap_info", socket, errand))
    let began = errand.host.time.now()
    let reply = try ask("GC.run", socket, errand)
    guard reply.code == 0 else {
      throw .failed("the JVM refuses to collect: \(reply.firstLine)")
    }
    let seconds = errand.host.time.now().seconds(since: began)
    // Where only this last question fails, the collection was done all the same.
    let after = (try? ask("GC.heap_info", socket, errand)).flatMap(JavaRoad.heap)
    var achievement = Achievement(heapBefore: before, heapAfter: after, seconds: seconds)
    achievement.settles = true
    return achievement
  }

  func heap(_ errand: Errand) -> Bytes? {
    var errand = errand
    errand.deadline = errand.host.time.now().later(by: 2)
    let socket = "/tmp/.java_pid\(errand.standing.ownNumber)"
    return (try? ask("GC.heap_info", socket, errand)).flatMap(JavaRoad.heap)
  }

  /// A socket at which the JVM listens; one that listens at none is asked to.
  private func socket(of errand: Errand) throws(RoadFailure) -> String {
    let libraries = try errand.target.regions {
      $0.hasPrefix("libjvm.so") || $0.hasPrefix("libj9vm")
    }
    guard let first = libraries.first else { throw .unfit("no JVM") }
    if first.path.text.contains("libj9vm") {
      throw .cannot("OpenJ9 is attached to in another way than HotSpot")
    }
    let socket = "/tmp/.java_pid\(errand.standing.ownNumber)"
    if listens(socket, errand) { return socket }
    try summon(errand, socket)
    return socket
  }

  /// One that is left of a JVM that was killed refuses.
  private func listens(_ socket: String, _ errand: Errand) -> Bool {
    let isThere =
      (try? errand.host.files.status(
        errand.target.path(socket), in: nil, following: false))?.kind == .other
    return isThere && (try? connect(socket, errand)) != nil
  }

  private func connect(_ socket: String, _ errand: Errand) throws(SystemError) -> Conversation {
    // Old JVMs answer nobody but their own user, not even root.
    try ThreadIdentity.acting(as: errand.standing.user, group: errand.standing.group) {
      () throws(SystemError) in
      try Conversation(
        path: errand.target.path(socket), time: errand.host.time, deadline: errand.deadline)
    }
  }

  /// A file of a certain name and SIGQUIT together mean: listen. Without its handler the signal would end the program.
  private func summon(_ errand: Errand, _ socket: String) throws(RoadFailure) {
    let standing = try errand.target.standing()
    guard standing.catches(SIGQUIT) else {
      throw .cannot("this JVM does not handle SIGQUIT (-Xrs, or it has only just started)")
    }
    guard !isClosed(errand) else {
      throw .cannot("the JVM was started with -XX:+DisableAttachMechanism")
    }
    guard let process = errand.target.handle.process else {
      throw .cannot("the kernel gives no pidfd, and a signal by number could hit another process")
    }
    let trigger = try trigger(for: errand)
    let directory = errand.target.handle.directory
    defer { if let trigger { KernelFile.remove(trigger, in: directory) } }
    do throws(SystemError) { try errand.host.processes.signal(process, SIGQUIT) } catch {
      throw RoadFailure(error, needs: "the same user, or CAP_KILL", doing: "sending SIGQUIT")
    }
    try wait(for: socket, errand)
  }

  /// Asked all the same it would only print what its threads do.
  private func isClosed(_ errand: Errand) -> Bool {
    let option = Array("-XX:+DisableAttachMechanism".utf8)
    let found = try? errand.host.files.parsed(
      "cmdline", in: errand.target.handle.directory, room: 65536
    ) { bytes in bytes.split(separator: 0).contains { $0.elementsEqual(option) } }
    return found ?? false
  }

  private func trigger(for errand: Errand) throws(RoadFailure) -> String? {
    let name = ".attach_pid\(errand.standing.ownNumber)"
    var failure = SystemError.notFound
    for place in ["cwd/\(name)", "root/tmp/\(name)"] {
      do throws(SystemError) {
        try KernelFile.create(
          place, in: errand.target.handle.directory, owner: errand.standing.user,
          group: errand.standing.group)
        return place
      } catch {
        // Somebody else is attaching at this moment, or did and was killed: the JVM looks at it just the same.
        if error.code == EEXIST { return nil }
        failure = error
      }
    }
    throw RoadFailure(failure, needs: Target.rights, doing: "asking the JVM to listen")
  }

  private func wait(for socket: String, _ errand: Errand) throws(RoadFailure) {
    let patience = min(5, max(0, errand.left))
    let limit = errand.host.time.now().later(by: patience)
    var pause: Int64 = 5_000_000
    let longest: Int64 = 200_000_000
    while errand.host.time.now() < limit {
      errand.host.time.wait(nanoseconds: pause)
      if listens(socket, errand) { return }
      _ = try errand.target.standing()
      pause = min(longest, pause * 3 / 2)
    }
    throw .cannot("the JVM was asked to listen and does not")
  }

  /// One question, one connection: the answer is whole when the JVM closes it.
  private func ask(_ command: String, _ socket: String, _ errand: Errand) throws(RoadFailure)
    -> JavaReply
  {
    let most = 1 << 20
    do throws(SystemError) {
      let conversation = try connect(socket, errand)
      guard conversation.peer == errand.target.handle.pid else {
        throw SystemError(EPERM)
      }
      try conversation.send(JavaReply.request(command))
      return JavaReply(try conversation.receiveAll(atMost: most))
    } catch {
      switch error.code {
      case ETIMEDOUT: throw .failed("the JVM does not answer \(Printable(command)) in time")
      case EPERM: throw .cannot("another process listens in the JVM's place")
      default: throw RoadFailure(error, needs: Target.rights, doing: "asking the JVM")
      }
    }
  }

  private static func heap(_ reply: JavaReply) -> Bytes? {
    reply.code == 0 ? HeapInformation.used(reply.text) : nil
  }
}
