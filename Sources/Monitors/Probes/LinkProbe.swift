/// Asks linked processes for what they know of themselves, and never waits for an answer.
public struct LinkProbe: Probe {
  /// What it reads and costs.
  public static let provenance = Provenance(
    name: "link", reads: "perftop/PID.sock in the target's XDG_RUNTIME_DIR, /run/user/UID or /tmp",
    microseconds: 40, needs: "the target's user or root")

  private let desk: LinkDesk?
  private var ticket: LinkTicket?
  private var tally = LinkTally()
  private var target: ProcessKey?
  private var search = Period(seconds: 5)
  private var searches = 0
  private var hasWaited = false
  /// A program mostly links itself in soon after it has started.
  private static let earlySearches = 3

  /// Asks at that desk; without one nothing is linked.
  public init(desk: LinkDesk?) { self.desk = desk }

  /// Whether a socket of the target can be connected to.
  public static func examine(_ host: Host, target: TargetHandle?) -> Absence? {
    guard let target else { return nil }
    var probe = StatusProbe(files: host.files, handle: target, keepsFiles: false)
    guard let user = probe.read(at: host.time.now(), scratch: Scratch()).value?.uid else {
      return .gone
    }
    do throws(LinkFailure) {
      let subject = LinkFinder.Subject(handle: target, user: user)
      LocalSocket.close(try LinkFinder(host: host).connect(subject))
      return nil
    } catch { return .because(error.sentence) }
  }

  /// Sends a question to the target and its children.
  public mutating func ask(_ handles: [TargetHandle], _ sample: TargetSample?, at moment: Moment) {
    guard let desk, let sample, let root = handles.first else { return forget() }
    let key = ProcessKey(pid: root.pid, startTicks: root.startTicks)
    if key != target {
      forget()
      target = key
    }
    let isSearching = isSearching(handles, at: moment)
    guard isSearching || tally.isConnected else { return }
    let users = Dictionary(sample.all.map { ($0.pid, $0.uid) }) { first, _ in first }
    let subjects = handles.compactMap { handle in
      users[handle.pid].map { LinkFinder.Subject(handle: handle, user: $0) }
    }
    tally.keep(subjects.map(\.key))
    let ticket = ticket ?? LinkTicket(desk)
    self.ticket = ticket
    ticket.ask(subjects, isLooking: isSearching)
  }

  private mutating func isSearching(_ handles: [TargetHandle], at moment: Moment) -> Bool {
    let isComplete = handles.allSatisfy {
      tally.isConnected(ProcessKey(pid: $0.pid, startTicks: $0.startTicks))
    }
    guard !isComplete, search.isDue(at: moment) || searches < LinkProbe.earlySearches else {
      return false
    }
    searches += 1
    return true
  }

  private static let looks = 10
  private static let pause: Int64 = 300_000

  /// Whoever answers at all does so at once, so the very first answer is waited for a little: rates begin with it.
  private mutating func awaitFirst() {
    hasWaited = true
    guard let desk, let answers = ticket?.answers else { return }
    for _ in 0..<LinkProbe.looks {
      for news in answers.take() ?? [] {
        tally.take(news)
        switch news {
        case .told, .unfound, .closed: return
        case .opened, .greeted, .senseless: break
        }
      }
      desk.wait(LinkProbe.pause)
    }
  }

  private mutating func forget() {
    guard target != nil else { return }
    ticket = nil
    tally = LinkTally()
    target = nil
    searches = 0
    hasWaited = false
    search.hasten()
  }

  /// What has come by now.
  public mutating func take(at moment: Moment) -> Measured<LinkSample> {
    if searches == 1, !hasWaited { awaitFirst() }
    for news in ticket?.answers.take() ?? [] { tally.take(news) }
    return tally.sample(of: target?.pid ?? 0, at: moment)
  }
}
