/// Puts together what a target and its children tell.
struct LinkTally: Sendable {
  private var parts: [LinkPart] = []
  /// Sums of those that are gone, which would make sums fall if they were left out.
  private var past: LinkPart?
  /// Processes that connected anew: their first answer tells everything again.
  private var renewed: Set<ProcessKey> = []
  private var connected: Set<ProcessKey> = []
  private var malformed: UInt64 = 0
  /// When the newest of each one's events was: who connects anew tells them all again.
  private var newestEvents: [ProcessKey: Double] = [:]
  private var reason: Printable = "the target is not linked"
  private var isLost = false
  /// Since when it is linked without having told anything, and how it fails to.
  private var silentSince: Moment?
  private var trouble: Printable?
  private static let bearableSilence = 2.0

  /// Whether any process is connected now.
  var isConnected: Bool { !connected.isEmpty }
  /// Whether any of them is connected now.
  func isConnected(_ key: ProcessKey) -> Bool { connected.contains(key) }

  /// Takes news in.
  mutating func take(_ news: LinkNews) {
    switch news {
    case .opened(let key):
      connected.insert(key)
      isLost = false
      if parts.contains(where: { $0.key == key }) {
        renewed.insert(key)
      } else {
        parts.append(LinkPart(key))
      }
    case .greeted(let key, let greeting): change(key) { $0.take(greeting) }
    case .told(let key, let reply, let moment): add(reply, of: key, at: moment)
    case .senseless(_, let how):
      malformed = malformed.adding(1)
      trouble = how
    case .closed(let key, let why):
      connected.remove(key)
      reason = "a socket is there, but \(why)"
      isLost = true
      // That it does not answer is said with how long it has not.
      if why != LinkConnection.silence, trouble == nil { trouble = why }
    case .unfound(let why): if !isLost { reason = why }
    }
  }

  private mutating func change(_ key: ProcessKey, _ body: (inout LinkPart) -> Void) {
    guard let place = parts.firstIndex(where: { $0.key == key }) else { return }
    body(&parts[place])
  }

  private mutating func add(_ reply: LinkReply, of key: ProcessKey, at moment: Moment) {
    var reply = reply
    if renewed.remove(key) != nil {
      change(key) { part in
        let greeting = part.greeting
        part = LinkPart(key)
        part.greeting = greeting
      }
      // They were told before; as news they would count twice.
      for index in reply.operations.indices { reply.operations[index].latencies = LatencyBuckets() }
      reply.batches = []
      reply.events.removeAll { $0.at <= (newestEvents[key] ?? -.infinity) }
    }
    if let newest = reply.events.map(\.at).max() {
      newestEvents[key] = max(newest, newestEvents[key] ?? newest)
    }
    change(key) { $0.add(reply, at: moment) }
  }

  /// Keeps only the sums of those that are not alive any more.
  mutating func keep(_ alive: [ProcessKey]) {
    guard parts.contains(where: { !alive.contains($0.key) }) else { return }
    for var part in parts where !alive.contains(part.key) {
      part.retire()
      var sum = past ?? LinkPart(part.key)
      sum.absorb(part)
      past = sum
      connected.remove(part.key)
      renewed.remove(part.key)
      newestEvents[part.key] = nil
    }
    parts.removeAll { !alive.contains($0.key) }
  }

  /// What is known as of now; the target's number comes first among the processes.
  mutating func sample(of target: Int32, at moment: Moment) -> Measured<LinkSample> {
    let told = self.told(target)
    guard let first = told.first, told.contains(where: { isAnswering($0.key) }) else {
      return .missing(silence(since: told.compactMap(\.toldAt).max(), at: moment))
    }
    silentSince = nil
    trouble = nil
    let sample = merged(told, first)
    for place in parts.indices { parts[place].rest() }
    past?.rest()
    let newest = told.compactMap(\.toldAt).max() ?? moment
    return moment.seconds(since: newest) > LinkTally.freshFor
      ? .stale(sample, since: newest) : .fresh(sample)
  }

  /// Whether it has answered on the connection that it has now.
  private func isAnswering(_ key: ProcessKey) -> Bool {
    connected.contains(key) && !renewed.contains(key)
  }

  /// Why nothing is known of a target: one that is linked may still say nothing, or nothing that makes sense.
  private mutating func silence(since last: Moment?, at moment: Moment) -> Absence {
    guard isConnected || isLost else {
      silentSince = nil
      return .because(reason)
    }
    let since = last ?? silentSince ?? moment
    silentSince = since
    if let trouble { return .because("linked, but \(trouble)") }
    let seconds = moment.seconds(since: since)
    guard seconds >= LinkTally.bearableSilence else { return .notYet }
    let span = Units.fixed(min(seconds, 1e9), digits: 0)
    return .because("linked, but \(LinkConnection.silence) (\(Printable(span)) s)")
  }

  /// Those that have answered, the target first.
  private func told(_ target: Int32) -> [LinkPart] {
    let all = parts.filter { $0.toldAt != nil }
    guard all.count > 1 else { return all }
    return all.filter { $0.key.pid == target }
      + all.filter { $0.key.pid != target }.sorted { $0.key.pid < $1.key.pid }
  }

  private static let freshFor = 3.0

  private func merged(_ told: [LinkPart], _ first: LinkPart) -> LinkSample {
    var sum = past ?? first
    for part in past == nil ? told.dropFirst() : told[...] { sum.absorb(part) }
    var sample = LinkSample()
    let greeting = first.greeting ?? told.lazy.compactMap(\.greeting).first
    sample.name = greeting?.name ?? ""
    sample.client = greeting?.client ?? ""
    sample.memoryLimit = told.lazy.compactMap { $0.greeting?.memoryLimit }.first
    sample.processes = told.filter { connected.contains($0.key) }.map(\.key)
    sample.offers = told.reduce(into: []) { $0.formUnion($1.offers) }
    sample.heap = first.heap
    sample.operations = sum.operations.values
    sample.writes = sum.writes.values
    sample.batches = sum.batches
    sample.events = told.flatMap(\.events).sorted { $0.at < $1.at }
    sample.batchCount = sum.batchCount
    sample.batchSize = told.lazy.compactMap(\.batchSize).first
    sample.quality = told.lazy.compactMap(\.quality).first
    sample.overflow = sum.overflow
    sample.malformed = malformed
    keepApart(told, into: &sample)
    return sample
  }

  /// What is as of now is each process's own; a name that is taken gets the number behind it.
  private func keepApart(_ told: [LinkPart], into sample: inout LinkSample) {
    guard told.count > 1 else {
      sample.components = told.first?.components.values ?? []
      sample.caches = told.first?.caches.values ?? []
      sample.gauges = told.first?.gauges.values ?? []
      return
    }
    var taken: (Set<Printable>, Set<Printable>, Set<Printable>) = ([], [], [])
    for part in told {
      let own = { (name: Printable, taken: inout Set<Printable>) -> Printable in
        taken.insert(name).inserted ? name : "\(name) (\(part.key.pid))"
      }
      for var component in part.components.values {
        component.name = own(component.name, &taken.0)
        sample.components.append(component)
      }
      for var cache in part.caches.values {
        cache.name = own(cache.name, &taken.1)
        sample.caches.append(cache)
      }
      for var gauge in part.gauges.values {
        gauge.name = own(gauge.name, &taken.2)
        sample.gauges.append(gauge)
      }
    }
  }
}

extension LinkPart {
  /// Adds the sums of another process to those of this one.
  mutating func absorb(_ other: LinkPart) {
    for told in other.operations.values {
      operations.update(told.name, new: OperationSample(name: told.name)) { $0.add(told) }
    }
    for told in other.writes.values {
      writes.update(told.format, new: WriteSample(format: told.format)) { $0.add(told) }
    }
    batches += other.batches
    batchCount = batchCount.adding(other.batchCount)
    overflow = overflow.adding(other.overflow)
  }
}
