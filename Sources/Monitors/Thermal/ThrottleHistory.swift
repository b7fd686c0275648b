/// Remembers what slowed the machine down while it was watched, because no source can be trusted to.
///
/// A counter that grew since the last look is an event that happened just now, and a flag once seen stays noted.
struct ThrottleHistory: Sendable {
  /// What is known of one sign.
  struct Entry: Sendable {
    var sign: ThrottleSign
    /// Whether it holds, or its counter has just grown.
    var isNow: Bool
    /// Whether it has happened since watching began.
    var wasWatched = false
    /// Events counted since watching began.
    var events: UInt64 = 0
    /// Whether it has held ever since watching began and may be somebody's choice, and so is told but not counted.
    var isStanding = false
    fileprivate var lastSeen = 0

    /// Whether there is nothing new to say.
    func saysTheSame(as other: Entry) -> Bool {
      sign == other.sign && isNow == other.isNow && wasWatched == other.wasWatched
        && events == other.events && isStanding == other.isStanding
    }
  }

  private static let mostEntries = 128

  private var entries: [ThrottleSign.Key: Entry] = [:]
  private var looks = 0
  private var last: Moment?

  /// Seconds in which something slowed the machine down, out of those watched.
  private(set) var seconds = 0.0
  /// Whether something has while it was watched.
  private(set) var wasThrottled = false

  /// What holds, has happened, or could: in the order of the signs, those that hold now first.
  private(set) var current: [Entry] = []

  /// Whether one of the sources can say what holds at this moment.
  private(set) var isNow: Bool?
  /// Whether one of the sources says that it has happened since boot.
  private(set) var isSinceBoot: Bool?

  /// Takes the signs of one sample in.
  mutating func update(_ signs: [ThrottleSign], at moment: Moment) {
    looks += 1
    current = signs.map { note($0) }
    isNow = combine(
      current.map { $0.sign.now == nil ? counted($0) : $0.isNow && !$0.isStanding })
    let real = isNow == true
    appendPast()
    isSinceBoot = combine(current.map { $0.wasWatched ? true : $0.sign.sinceBoot })
    if real { wasThrottled = true }
    let longestGap = 60.0
    if real, let last {
      let elapsed = moment.seconds(since: last)
      if elapsed > 0, elapsed <= longestGap { seconds += elapsed }
    }
    last = moment
  }

  /// A counter can say "not now" only from the second look on.
  private func counted(_ entry: Entry) -> Bool? {
    entry.isNow ? true : entry.sign.count != nil && looks > 1 ? false : nil
  }

  /// True wins over false, and false over not knowing.
  private func combine(_ answers: [Bool?]) -> Bool? {
    answers.contains(true) ? true : answers.contains(false) ? false : nil
  }

  private mutating func note(_ sign: ThrottleSign) -> Entry {
    let previous = entries[sign.key]
    var entry = previous ?? Entry(sign: sign, isNow: false)
    let grown = ThrottleHistory.growth(from: previous?.sign.count, to: sign.count)
    // The kernel's sticky flag rose between two looks: it happened, and is over.
    let rose = previous?.sign.sinceBoot == false && sign.sinceBoot == true && sign.count == nil
    entry.isNow = sign.now == true || grown > 0
    let isUnchanged = previous?.isStanding == true && previous?.sign.detail == sign.detail
    entry.isStanding = sign.mayBeChosen && entry.isNow && (looks == 1 || isUnchanged)
    entry.events &+= grown
    entry.wasWatched = entry.wasWatched || rose || entry.isNow && !entry.isStanding
    if rose { wasThrottled = true }
    entry.sign = sign
    entry.lastSeen = looks
    entries[sign.key] = entry
    return entry
  }

  /// A counter that went backwards began anew: what it says now is no growth.
  private static func growth(from old: UInt64?, to new: UInt64?) -> UInt64 {
    guard let old, let new, new > old else { return 0 }
    return new - old
  }

  /// What has happened stays noted when its source no longer speaks of it.
  private mutating func appendPast() {
    guard entries.count > current.count else { return }
    let looks = looks
    var past = entries.values.filter { $0.wasWatched && $0.lastSeen != looks }
    past.sort { $0.sign.key.words < $1.sign.key.words }
    for place in past.indices { past[place].isNow = false }
    current += past.prefix(ThrottleHistory.mostEntries)
    if entries.count > ThrottleHistory.mostEntries {
      entries = entries.filter { $0.value.lastSeen == looks }
    }
  }
}
