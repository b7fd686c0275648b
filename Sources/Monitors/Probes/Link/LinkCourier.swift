import Glibc
import Synchronization

/// Brings orders to linked processes, each by a connection of its own.
public struct LinkCourier: LinkSending {
  private let host: Host
  private let who: Printable

  /// Asks in somebody's name: `pi (SSH from 10.0.0.5)`.
  public init(host: Host, who: Printable) {
    self.host = host
    self.who = who
  }

  /// Asks a process to do something and waits until that is done.
  public func send(_ members: [JSONValue.Field], to key: ProcessKey, within seconds: Double)
    throws(LinkFailure) -> JSONValue
  {
    let order = [JSONValue.Field("op", .text("do"))] + members.filter { $0.name != "op" }
    return try LinkCourier.judged(ask(order, of: key, until: host.time.now().later(by: seconds)))
  }

  /// Sends any request and hands back the reply to it, whatever it says.
  public func ask(_ members: [JSONValue.Field], of key: ProcessKey, until deadline: Moment)
    throws(LinkFailure) -> JSONValue
  {
    let stream = LocalStream(try connect(to: key))
    let id = JSONValue.text(LinkCourier.number())
    var fields = members.filter { $0.name != "id" } + [.init("id", id)]
    if !members.contains(where: { $0.name == "who" }) {
      fields.append(.init("who", .printable(who)))
    }
    let request = JSONValue.object(fields).text(indented: false)
    return try LinkCourier.exchange(
      request, id: id, on: stream, until: deadline, host.time)
  }

  private func connect(to key: ProcessKey) throws(LinkFailure) -> Int32 {
    let handle: TargetHandle
    do { handle = try TargetFinder(host: host).attach(key.pid, scratch: Scratch()) } catch {
      throw .notLinked(error.sentence)
    }
    guard handle.startTicks == key.startTicks else {
      throw .notLinked("it has ended, and its number is another process's now")
    }
    var probe = StatusProbe(files: host.files, handle: handle, keepsFiles: false)
    guard let user = probe.read(at: host.time.now(), scratch: Scratch()).value?.uid else {
      throw .notLinked("it has ended")
    }
    return try LinkFinder(host: host).connect(LinkFinder.Subject(handle: handle, user: user))
  }

  private static let mostLines = 100
  private static let last = Atomic<UInt64>(0)
  /// How the numbers of all that is asked here begin: by it an event is known as this perftop's own doing.
  static let mark = "perftop-\(LocalListener.process)-\(LiveTime.monotonicNanoseconds())-"

  private static func number() -> String {
    mark + String(last.add(1, ordering: .relaxed).newValue)
  }

  /// Sends one line and waits for the answer to it; what else comes is passed over, up to a bound.
  static func exchange(
    _ request: String, id: JSONValue = .integer(1), on stream: LocalStream, until deadline: Moment,
    _ time: any TimeSource
  ) throws(LinkFailure) -> JSONValue {
    var traffic = LineTraffic(stream, longest: LinkConnection.longestReply)
    guard traffic.send(request) == .open else { throw .lost("it closed the connection") }
    var lines = 0
    var words: Printable?
    while true {
      let left = deadline.seconds(since: time.now())
      guard left > 0 else { throw .noAnswer }
      let writing = traffic.waiting > 0 ? Int16(POLLOUT) : 0
      var wanted = [pollfd(fd: stream.descriptor, events: Int16(POLLIN) | writing, revents: 0)]
      LocalSocket.wait(&wanted, milliseconds: Int32(min(1000, left * 1000 + 1)))
      if writing != 0, traffic.flush() != .open { throw .lost("it closed the connection") }
      var answer: JSONValue?
      let state = traffic.receive { line in
        lines += 1
        guard let reply = try? JSONReader.object(line) else { return }
        if reply["id"] == id, reply["started"]?.truth != true { answer = answer ?? reply }
        if reply["id"] == nil, let error = reply["error"]?.string { words = .name(error) }
      }
      if let answer { return answer }
      guard state == .open, lines < mostLines else {
        throw .lost(
          words ?? (state == .ended ? "it closed the connection" : "answers without sense"))
      }
    }
  }

  static func judged(_ reply: JSONValue) throws(LinkFailure) -> JSONValue {
    if let error = reply["error"]?.string { throw .refused(.name(error)) }
    guard reply["ok"]?.truth == true else { throw .refused("it says that it could not") }
    return reply
  }
}
