/// Watches the directories that the target writes to, for files that come and go between two ticks.
struct DirectoryWatcher: Sendable {
  private let files: any Files
  private let queue: (any DirectoryWatch)?
  private let adder: Worker<[DirectoryLooks.Added]>
  private let looker: Worker<[FoundFile]>
  private var places: [Int32: DirectoryLooks.Place] = [:]
  private var known: Set<String> = []
  private var waiting: [DirectoryLooks.Place] = []
  private var changes: [String: DirectoryLooks.Change] = [:]
  private var found: [FoundFile] = []
  private var refusal: SystemError?
  private var overflowed: Moment?
  private var silent = 0.0
  private var isFull = false
  private var isLosing = false

  private static let mostPlaces = 256
  private static let deepest = 4
  private static let mostChanges = 4096
  private static let changesAtOnce = 512
  private static let placesAtOnce = 8
  private static let overflowIsNews = 60.0
  private static let patience = 2.0

  /// Watches nothing yet.
  init(host: Host, inlineWorkers: Bool) {
    files = host.files
    adder = Worker(name: "directories", isInline: inlineWorkers)
    looker = Worker(name: "closed files", isInline: inlineWorkers)
    do throws(SystemError) { queue = try host.watching.open() } catch {
      queue = nil
      refusal = error
    }
  }

  /// Watches a directory from now on, if it is none of the kernel's own.
  mutating func follow(_ path: String, prefix: String, depth: Int = 0) {
    guard queue != nil, depth <= DirectoryWatcher.deepest, DirectoryWatcher.isData(path),
      !known.contains(prefix + path)
    else { return }
    guard known.count < DirectoryWatcher.mostPlaces else {
      isFull = true
      return
    }
    known.insert(prefix + path)
    waiting.append(DirectoryLooks.Place(path: path, prefix: prefix, depth: depth))
  }

  private static func isData(_ path: String) -> Bool {
    path.hasPrefix("/") && path.utf8.count > 1
      && !["/proc", "/sys", "/dev"].contains { path == $0 || path.hasPrefix($0 + "/") }
  }

  /// Asks for the final state of a file that the target closed.
  mutating func look(at path: String, prefix: String) {
    note(DirectoryLooks.Change(path: path, prefix: prefix, wasClosed: true))
  }

  private mutating func note(_ change: DirectoryLooks.Change, isLost: Bool = true) {
    let key = change.prefix + change.path
    if let old = changes[key] {
      changes[key]?.wasClosed = old.wasClosed || change.wasClosed
      changes[key]?.wasMade = old.wasMade || change.wasMade
    } else if changes.count < DirectoryWatcher.mostChanges {
      changes[key] = change
    } else if isLost {
      isLosing = true
    }
  }

  /// Takes events in and lets the workers look, while the caller does something else.
  mutating func begin(at moment: Moment) {
    collect(at: moment)
    for event in queue?.takeEvents() ?? [] { take(event, at: moment) }
    if isLosing { overflowed = moment }
    isLosing = false
    start(at: moment)
  }

  /// Gives what the workers have found by now; never waits.
  mutating func finish(at moment: Moment) -> [FoundFile] {
    collect(at: moment)
    start(at: moment)
    collect(at: moment)
    defer { found = [] }
    return found
  }

  private mutating func take(_ event: DirectoryEvent, at moment: Moment) {
    if event.kind == .overflow {
      overflowed = moment
      waiting = Array(places.values)
      return
    }
    guard let place = places[event.watch] else { return }
    let path = "\(place.path)/\(event.name)"
    switch event.kind {
    case .directoryCreated: follow(path, prefix: place.prefix, depth: place.depth + 1)
    case .watchEnded:
      places[event.watch] = nil
      known.remove(place.prefix + place.path)
    case .created, .movedHere:
      // What was only made is open still, or will be told of again when it is closed.
      note(
        DirectoryLooks.Change(path: path, prefix: place.prefix, wasMade: true),
        isLost: event.kind == .movedHere)
    case .closedAfterWriting:
      note(DirectoryLooks.Change(path: path, prefix: place.prefix, wasClosed: true))
    case .overflow: break
    }
  }

  private mutating func start(at moment: Moment) {
    let files = files
    if let queue, !waiting.isEmpty {
      let batch = Array(waiting.prefix(DirectoryWatcher.placesAtOnce))
      let isStarted = adder.start(at: moment) {
        batch.map { DirectoryLooks.add($0, to: queue, files) }
      }
      if isStarted { waiting.removeFirst(batch.count) }
    }
    if !changes.isEmpty {
      let keys = changes.keys.prefix(DirectoryWatcher.changesAtOnce)
      let batch = keys.compactMap { changes[$0] }
      guard looker.start(at: moment, { DirectoryLooks.look(batch, files) }) else { return }
      if batch.count == changes.count {
        changes.removeAll(keepingCapacity: true)
      } else {
        for key in Array(keys) { changes[key] = nil }
      }
    }
  }

  private mutating func collect(at moment: Moment) {
    silent = 0
    switch adder.poll() {
    case .idle: break
    case .busy(let since): silent = moment.seconds(since: since)
    case .done(let all):
      for added in all { register(added) }
    }
    switch looker.poll() {
    case .idle: break
    case .busy(let since): silent = max(silent, moment.seconds(since: since))
    case .done(let files): found += files
    }
  }

  private mutating func register(_ added: DirectoryLooks.Added) {
    let place = added.place
    switch added.watch {
    case .success(let watch):
      places[watch] = place
      found += added.found
      for path in added.subdirectories {
        follow(path, prefix: place.prefix, depth: place.depth + 1)
      }
    case .failure(let error):
      known.remove(place.prefix + place.path)
      // A directory that is gone already is no loss; a limit that is reached is.
      if error != .notFound { refusal = error }
    }
  }

  /// Why something may be missed; empty when all is well.
  func caveats(at moment: Moment) -> [Printable] {
    var caveats: [Printable] = []
    if let refusal {
      caveats.append("short-lived files may be missed: \(refusal.sentence)")
    }
    if let since = overflowed, moment.seconds(since: since) < DirectoryWatcher.overflowIsNews {
      caveats.append("too many short-lived files: some were missed")
    }
    if isFull {
      caveats.append(
        "more than \(DirectoryWatcher.mostPlaces) directories: short-lived files elsewhere are missed"
      )
    }
    if silent > DirectoryWatcher.patience {
      caveats.append("a directory has not answered for \(Units.span(seconds: silent))")
    }
    return caveats
  }
}
