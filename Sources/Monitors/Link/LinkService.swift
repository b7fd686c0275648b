import Glibc

/// Serves viewers, on the one thread that waits for them; while there are none it sleeps until one comes.
struct LinkService {
  static let mostViewers = 1024
  private static let pause = 0.1

  let link: Link
  private let listener: LocalListener
  private let ending: Mailbox<Bool>
  private let time = LiveTime()
  private var viewers: [LinkViewer] = []
  private var orders: LinkOrders
  private var caches = LinkCacheDesk()
  private var pausedUntil: Moment?
  private let identity: LinkIdentity

  /// Begins to serve; `false` if no thread can be had.
  static func start(_ link: Link, _ listening: LinkPlace.Listening) -> Bool {
    Threads.start(name: "perftop link") {
      var service = LinkService(link, listening)
      service.run()
    }
  }

  init(_ link: Link, _ listening: LinkPlace.Listening) {
    self.link = link
    listener = listening.listener
    ending = listening.ending
    orders = LinkOrders(link)
    identity = LinkIdentity()
    Forks.closeInChildren(orders.descriptor)
  }

  private mutating func run() {
    while ending.take() == nil {
      var requests = waitedFor
      LocalSocket.wait(&requests, milliseconds: patience)
      turn(isKnocking: requests[0].revents != 0)
    }
    for own in [listener.descriptor, ending.descriptor, orders.descriptor] { Forks.forget(own) }
    caches.stop()
    LocalSocket.close(listener.descriptor)
    for viewer in viewers { Forks.forget(viewer.descriptor) }
    link.isWatched.store(false, ordering: .relaxed)
  }

  private var waitedFor: [pollfd] {
    let door = pausedUntil == nil ? listener.descriptor : -1
    let others = [door, ending.descriptor, orders.descriptor]
    return others.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
      + viewers.map { viewer in
        let events = viewer.hasUnsent ? Int16(POLLOUT) : Int16(POLLIN)
        return pollfd(fd: viewer.descriptor, events: events, revents: 0)
      }
  }

  private var patience: Int32 {
    let deadlines = viewers.map(\.deadline) + [pausedUntil, orders.deadline].compactMap(\.self)
    guard let first = deadlines.min() else { return -1 }
    return Int32(min(60_000, max(0, first.seconds(since: time.now()) * 1000 + 1)))
  }

  private mutating func turn(isKnocking: Bool) {
    let now = time.now()
    if let until = pausedUntil, until <= now { pausedUntil = nil }
    if isKnocking, pausedUntil == nil { welcome(at: now) }
    for place in viewers.indices { serve(place, at: now) }
    orders.advance()
    for (viewer, line) in orders.takeAnswers() {
      guard let place = viewers.firstIndex(where: { $0.number == viewer }) else { continue }
      viewers[place].say(line)
    }
    leave(viewers.filter { !$0.isOpen || $0.deadline <= now })
  }

  private mutating func serve(_ place: Int, at now: Moment) {
    let viewer = viewers[place].number
    for request in viewers[place].takeRequests(at: now) {
      guard let request else {
        viewers[place].say(.object([.init("error", .text("malformed"))]))
        continue
      }
      switch request["op"]?.string {
      case "hello": viewers[place].say(identity.greeting(link).answering(request))
      case "poll": viewers[place].poll(request, link, &caches)
      case "do":
        if let refusal = orders.add(request, from: viewer) {
          viewers[place].say(refusal.answering(request))
        }
      default:
        let error = JSONValue.object([.init("error", .text("unknown request"))])
        viewers[place].say(error.answering(request))
      }
    }
  }

  private mutating func welcome(at now: Moment) {
    while true {
      do throws(SystemError) {
        guard let descriptor = try listener.accept() else { break }
        admit(descriptor, at: now)
      } catch {
        // Without a descriptor every attempt fails at once; who knocks stays in the queue meanwhile.
        pausedUntil = now.later(by: LinkService.pause)
        break
      }
    }
    link.isWatched.store(!viewers.isEmpty, ordering: .relaxed)
  }

  private mutating func admit(_ descriptor: Int32, at now: Moment) {
    let stream = LocalStream(descriptor)
    guard let peer = LocalSocket.peer(of: descriptor),
      peer.user == 0 || peer.user == LocalListener.user
    else { return }
    var viewer = LinkViewer(stream, at: now)
    guard viewers.count < LinkService.mostViewers else {
      return viewer.say(.object([.init("error", .text("too many viewers"))]))
    }
    Forks.closeInChildren(descriptor)
    viewers.append(viewer)
  }

  private mutating func leave(_ gone: [LinkViewer]) {
    guard !gone.isEmpty else { return }
    let numbers = Set(gone.map(\.number))
    for viewer in gone { Forks.forget(viewer.descriptor) }
    viewers.removeAll { numbers.contains($0.number) }
    link.isWatched.store(!viewers.isEmpty, ordering: .relaxed)
  }
}

extension JSONValue {
  /// The same with the number or text by which the request is known.
  func answering(_ request: JSONValue) -> JSONValue {
    guard case .object(let fields) = self else { return self }
    switch request["id"] {
    case .integer, .number, .text: return .object([.init("id", request["id"] ?? .null)] + fields)
    default: return self
    }
  }
}
