import Glibc

/// Into Node by its inspector, which is opened for this one question and closed again.
struct NodeRoad: Road {
  let name: Printable = "Node inspector"

  private static let question: Printable =
    "Node's inspector opens a port for 0.2 s, by which every local user could run code in the program (the same key again, or perftop send --yes)"
  private static let opening = 1.0

  func take(_ errand: Errand) throws(RoadFailure) -> Achievement {
    try recognise(errand)
    let sockets = ListeningPorts(errand.host, errand.target)
    let before = try sockets.ports()
    if let (port, session) = NodeRoad.inspector(among: before, errand) {
      return try collect(session, port: port, closes: false, errand)
    }
    guard errand.order.accepts else { throw .asks(NodeRoad.question) }
    try open(errand)
    let limit = errand.host.time.now().later(by: min(NodeRoad.opening, max(0, errand.left)))
    while errand.host.time.now() < limit {
      errand.host.time.wait(nanoseconds: 10_000_000)
      let new = try sockets.ports().subtracting(before)
      if let (port, session) = NodeRoad.inspector(among: new, errand) {
        return try collect(session, port: port, closes: true, errand)
      }
    }
    throw .cannot("Node opened no inspector (its port is taken, or the program handles SIGUSR1)")
  }

  private func recognise(_ errand: Errand) throws(RoadFailure) {
    let directory = errand.target.handle.directory
    let program = (try? errand.host.files.readLink("exe", in: directory)) ?? []
    let path = String(decoding: program, as: UTF8.self)
    if Runtime.ofProgram(path) != "node" {
      guard try !errand.target.regions(where: { $0.hasPrefix("libnode.so") }).isEmpty else {
        throw .unfit("no Node")
      }
    }
    let own = try? errand.host.files.readLink("/proc/self/ns/net", in: nil)
    let other = try? errand.host.files.readLink("ns/net", in: directory)
    guard own == other else { throw .cannot("it has a network of its own") }
  }

  private func open(_ errand: Errand) throws(RoadFailure) {
    guard try errand.target.standing().catches(SIGUSR1) else {
      throw .cannot("this Node does not handle SIGUSR1, which would end it")
    }
    guard let process = errand.target.handle.process else {
      throw .cannot("the kernel gives no pidfd, and a signal by number could hit another process")
    }
    do throws(SystemError) { try errand.host.processes.signal(process, SIGUSR1) } catch {
      throw RoadFailure(error, needs: "the same user, or CAP_KILL", doing: "sending SIGUSR1")
    }
  }

  /// Of the ports at which it listens the one that answers as an inspector, and where its session is.
  private static func inspector(among ports: Set<UInt16>, _ errand: Errand) -> (UInt16, String)? {
    let most = 16
    for port in ports.sorted().prefix(most) {
      var limit = errand
      limit.deadline = min(errand.deadline, errand.host.time.now().later(by: 0.5))
      if let path = try? InspectorSession.path(port: port, limit) { return (port, path) }
    }
    return nil
  }

  private func collect(_ path: String, port: UInt16, closes: Bool, _ errand: Errand)
    throws(RoadFailure) -> Achievement
  {
    do throws(SystemError) {
      let session = try InspectorSession(path, port: port, errand)
      let before = try session.heap()
      let began = errand.host.time.now()
      try session.collect()
      let seconds = errand.host.time.now().seconds(since: began)
      let after = try session.heap()
      let isClosed = closes ? session.close() : true
      let lead: Printable = isClosed ? "" : "the port \(port) stays open"
      return Achievement(lead: lead, heapBefore: before, heapAfter: after, seconds: seconds)
    } catch { throw .failed("the inspector: \(error.sentence)") }
  }
}

/// The loopback ports at which a process listens.
struct ListeningPorts {
  private let host: Host
  private let target: Target
  private static let most = 4096

  init(_ host: Host, _ target: Target) {
    self.host = host
    self.target = target
  }

  func ports() throws(RoadFailure) -> Set<UInt16> {
    let inodes: Set<UInt64>
    let directory = target.handle.directory
    do throws(SystemError) {
      inodes = Set(
        try host.files.list("fd", in: directory).prefix(ListeningPorts.most).compactMap {
          (try? host.files.readLink("fd/\($0)", in: directory)).flatMap(ListeningPorts.inode)
        })
    } catch { throw RoadFailure(error, needs: Target.rights, doing: "listing its sockets") }
    guard !inodes.isEmpty else { return [] }
    let found = try? host.files.parsed("net/tcp", in: directory, room: 1 << 20) {
      ListeningPorts.parse($0, owned: inodes)
    }
    return found ?? []
  }

  /// `socket:[12345]`.
  static func inode(_ link: [UInt8]) -> UInt64? {
    let text = String(decoding: link, as: UTF8.self)
    guard text.hasPrefix("socket:["), text.hasSuffix("]") else { return nil }
    return UInt64(text.dropFirst("socket:[".count).dropLast())
  }

  /// Lines such as `0: 0100007F:240D 00000000:0000 0A … inode`; only who listens, and only where loopback reaches.
  static func parse(_ table: UnsafeRawBufferPointer, owned: Set<UInt64>) -> Set<UInt16> {
    var ports: Set<UInt16> = []
    for line in String(decoding: table, as: UTF8.self).split(separator: "\n").dropFirst() {
      let words = line.split(separator: " ")
      guard words.count > 9, words[3] == "0A", let inode = UInt64(words[9]), owned.contains(inode)
      else { continue }
      let address = words[1].split(separator: ":")
      guard address.count == 2, address[0] == "0100007F" || address[0] == "00000000",
        let port = UInt16(address[1], radix: 16)
      else { continue }
      ports.insert(port)
    }
    return ports
  }
}
