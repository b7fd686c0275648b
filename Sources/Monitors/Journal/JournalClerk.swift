internal import CSystem

/// Keeps the journal, on the thread that owns it: writes down what comes in, sees what others write, and where the
/// file can't be used goes on in memory until it can.
struct JournalClerk {
  /// Where what it has to say goes.
  struct Outlets {
    var news: Mailbox<AlertNews>
    var answers: Mailbox<JournalAnswer>
    var waiting: Mailbox<Bool>
  }

  /// Why the file can't be used, and what is done about it.
  struct Failure {
    var why: Printable
    var since: Moment
    var nextTry: Moment
    var pause: Double
  }

  static let mostBacklog = 4096
  static let keptRecent = 300
  private static let closesAfter = 5.0
  private static let tendsEvery = 3600.0
  private static let looksEvery = 20.0
  private static let pollsEvery = 2.0

  var plan: JournalPlan
  let host: Host
  let outlets: Outlets
  let boot: BootIdentity
  let writer: String

  /// The file, while it is open.
  var file: AlertJournal?
  /// What stands in for it while it can't be used.
  var memory: AlertJournal?
  var failure: Failure?
  /// What happened and is not in the file yet, oldest first.
  var backlog: [AlertTransition] = []
  /// How many of those are in memory.
  var remembered = 0
  /// The last of those that was told.
  var memorySeen: Int64 = 0
  /// How many found no room and are in no file.
  var lost = 0
  var unsettled: [String: DeliveryOutcome] = [:]
  /// Who had claimed those.
  var settler: String?

  private var changes: ChangeWatch?
  /// Whether nobody tells what others write there; known once the directory is there.
  private(set) var isPolling = false
  private var usedAt: Moment
  private var tendedAt: Moment?
  private var lookedAt: Moment?

  /// Which file was read last, and how far.
  var seen = Seen()
  /// Alerts that are open, of this boot.
  var open: [AlertKey: Alert] = [:]
  var pending = AlertNews()
  var hasNews = false

  /// How far a file was read.
  struct Seen {
    var uuid: String?
    var revision: Int64 = 0
    var event: Int64 = 0
  }

  init(_ plan: JournalPlan, host: Host, _ outlets: Outlets) {
    self.plan = plan
    self.host = host
    self.outlets = outlets
    boot = BootIdentity(host)
    usedAt = host.time.now()
    var random = SystemRandomNumberGenerator()
    let distinction = String(random.next(), radix: 36)
    writer =
      LeaseHolder(running: host, numbering: boot.numbering)?.owner(distinction) ?? distinction
  }

  /// Works until it is told to finish.
  mutating func run(_ requests: BoundedQueue<JournalRequest>) {
    while true {
      wait(requests.descriptor)
      var finished: Mailbox<Bool>?
      for request in requests.takeAll() {
        if case .finish(let done) = request { finished = done } else { take(request) }
      }
      work(isLast: finished != nil)
      if let finished {
        file = nil
        finished.offer(backlog.isEmpty)
      }
    }
  }

  /// One round: what came in is written, what others wrote is read, and what there is to say is said.
  mutating func work(isLast: Bool = false) {
    let now = host.time.now()
    if changed() { look(at: now) }
    if isLast { failure?.nextTry = now }
    write(at: now)
    if failure != nil { remember(at: now) }
    tend(at: now)
    if now.seconds(since: usedAt) >= JournalClerk.closesAfter { file = nil }
    tell()
  }

  mutating func take(_ request: JournalRequest) {
    let now = host.time.now()
    switch request {
    case .record(let transitions): add(transitions)
    case .plan(let plan): self.plan = plan
    case .look: look(at: now)
    case .search(let search): answer(search, at: now)
    case .settle(let outcomes, let owner): settle(outcomes, by: owner, at: now)
    case .ask(let question):
      write(at: now)
      if let store = memory ?? file(at: now) { question(store) } else { question(NoDeliveries()) }
    case .finish: break
    }
  }

  private mutating func add(_ transitions: [AlertTransition]) {
    backlog += transitions
    let surplus = backlog.count - JournalClerk.mostBacklog
    guard surplus > 0 else { return }
    backlog.removeFirst(surplus)
    remembered = max(0, remembered - surplus)
    lost += surplus
  }

  /// Until somebody wants something, somebody else wrote, or it is time.
  private func wait(_ requests: Int32) {
    let now = host.time.now()
    var times: [Double] = []
    if let failure { times.append(failure.nextTry.seconds(since: now)) }
    if file != nil { times.append(JournalClerk.closesAfter - now.seconds(since: usedAt)) }
    if open.keys.contains(where: \.isProcess) { times.append(JournalClerk.looksEvery) }
    if isPolling || (seen.uuid != nil && changes == nil) { times.append(JournalClerk.pollsEvery) }
    let seconds = times.min()
    let nanoseconds = seconds.map { Int64(min(max($0, 0.001), 3600) * 1e9) } ?? -1
    let descriptors = [requests] + (changes.map { [$0.descriptor] } ?? [])
    _ = cs_wait_any(descriptors, descriptors.count, nanoseconds)
  }

  /// Whether somebody wrote to the file, or it is in its place no more.
  private mutating func changed() -> Bool {
    if isPolling { return true }
    guard let changes else { return seen.uuid != nil }
    let found = changes.take()
    let file = AlertJournal.Name.file
    if found.gone.contains(".") { self.changes = nil }
    return !found.written.isDisjoint(with: [file, file + "-wal", file + "-journal"])
      || !found.gone.isDisjoint(with: [file, "."])
  }

  /// Opens the file; `nil` where there is none, or it can't be used.
  mutating func file(at now: Moment) -> AlertJournal? {
    guard failure == nil, let place = plan.place else { return nil }
    return try? opened(place, making: false, at: now)
  }

  /// The file, opened; one that was open and is in its place no more is let go of.
  mutating func opened(_ place: JournalPlace, making: Bool, at now: Moment) throws(JournalError)
    -> AlertJournal?
  {
    usedAt = now
    if let file {
      if file.isInPlace { return file }
      self.file = nil
    }
    file = try AlertJournal(place, boot: boot, writer: writer, making: making)
    if file != nil { isPolling = !place.sharesMemory }
    let presence = ProcessPresence(host)
    file?.isHolderDead = { presence.isDead(pid: $0, startTicks: $1) }
    if let file, changes == nil, !isPolling {
      changes = file.directory.flatMap { ChangeWatch($0.path) }
    }
    return file
  }

  /// What is to be done now and then: what is over for long is forgotten, and what nobody else can close is closed.
  private mutating func tend(at now: Moment) {
    guard failure == nil, let journal = file else {
      if lookedAt.map({ now.seconds(since: $0) >= JournalClerk.looksEvery }) == true, hasDead() {
        look(at: now)
      }
      return
    }
    let isDue = lookedAt.map { now.seconds(since: $0) >= JournalClerk.looksEvery } ?? true
    guard isDue else { return }
    let isFirst = lookedAt == nil
    lookedAt = now
    let presence = ProcessPresence(host)
    do throws(JournalError) {
      if isFirst || hasDead() {
        try journal.closeDead(
          at: now, recipients: plan.recipients,
          hasEnded: { presence.hasEnded(pid: $0, startTicks: $1) })
      }
      if tendedAt.map({ now.seconds(since: $0) >= JournalClerk.tendsEvery }) ?? true {
        tendedAt = now
        try journal.forget(olderThanDays: plan.days, at: now)
      }
      try read(journal, at: now)
    } catch { fail(error, at: now) }
  }

  private func hasDead() -> Bool {
    let presence = ProcessPresence(host)
    return open.keys.contains { key in
      guard case .process(let pid, let startTicks) = key.subject else { return false }
      return presence.hasEnded(pid: pid, startTicks: startTicks)
    }
  }
}

extension AlertKey {
  /// Whether it is about a process, which can end.
  var isProcess: Bool {
    if case .process = subject { true } else { false }
  }
}

/// Where nothing is kept, nothing is owed.
struct NoDeliveries: DeliveryStore {
  func claimDeliveries(
    channels: [String], owner: String, lease seconds: Double, at now: Moment, limit: Int
  ) -> [Delivery] { [] }
  func settleDeliveries(
    _ outcomes: [String: DeliveryOutcome], by owner: String?, at now: Moment
  ) {}
  func attended(_ deliveries: [Delivery], at now: Moment) -> [Delivery] { deliveries }
  func deliveryTallies(at now: Moment) -> [String: DeliveryTally] { [:] }
  func nextDelivery(channels: [String], at now: Moment) -> Moment? { nil }
}
