/// Reads the machine once and every target it was asked for, tick after tick.
public struct Sampler: SampleSource {
  struct Watched {
    var follower: TargetFollower
    var process: TargetProbe
    var files: OpenFilesProbe
    var filesystems: FilesystemProbe
    var link: LinkProbe
  }

  let host: Host
  let scratch = Scratch()
  private var config: Config
  private let inlineWorkers: Bool
  private var machine: MachineProbe
  private let links: LinkDesk?
  var watched: [Watched] = []
  private var rosterProbe: RosterProbe?

  /// Prepares to watch what was asked for; nothing at all means the machine alone.
  public init(host: Host, config: Config, targets: [WatchedTarget], inlineWorkers: Bool = false) {
    self.host = host
    self.config = config
    self.inlineWorkers = inlineWorkers
    machine = MachineProbe(host: host, inlineWorkers: inlineWorkers)
    links = inlineWorkers || host.isFixture ? nil : LinkDesk(host: host)
    watched = targets.map { prepare($0) }
  }

  func prepare(_ target: WatchedTarget) -> Watched {
    Watched(
      follower: TargetFollower(
        host: host, request: target.request, first: target.first, inlineWorkers: inlineWorkers),
      process: TargetProbe(
        host: host, includesChildren: config.includesChildren,
        mappingsInterval: config.memory.checkInterval, inlineWorkers: inlineWorkers),
      files: OpenFilesProbe(host: host, inlineWorkers: inlineWorkers),
      filesystems: FilesystemProbe(host: host, inlineWorkers: inlineWorkers),
      link: LinkProbe(desk: links))
  }

  /// Goes by other settings from now on.
  public mutating func configure(_ config: Config) {
    // Children count for all targets or for none, so that they are compared like with like.
    let includesChildren = self.config.includesChildren
    self.config = config
    self.config.includesChildren = includesChildren
    for index in watched.indices {
      watched[index].process.setMappingsInterval(config.memory.checkInterval)
    }
  }

  /// Takes one observation for each target.
  public mutating func observe(at moment: Moment, place: Int) -> [Observation] {
    observe(at: moment, place: place, only: Array(watched.indices))
  }

  /// Takes one observation for each of some targets, or of the machine where there are none at all.
  public mutating func observe(at moment: Moment, place: Int, only targets: [Int]) -> [Observation]
  {
    var base = Sample(moment: moment, place: place)
    machine.read(into: &base, at: moment, scratch: scratch)
    guard !watched.isEmpty else {
      base.target = .missing(.because("no process chosen"))
      base.files.open = .missing(.because("no process chosen"))
      return [Observation(sample: base, watching: .machineOnly)]
    }
    return targets.filter(watched.indices.contains).map {
      Sampler.observe(&watched[$0], base: base, scratch)
    }
  }

  /// Takes a roster with each sample, or no longer.
  public mutating func browse(_ isOn: Bool) {
    guard isOn != (rosterProbe != nil) else { return }
    rosterProbe = isOn ? RosterProbe(host: host, inlineWorkers: inlineWorkers) : nil
  }

  /// All processes now, while somebody wants to know.
  public mutating func roster(at moment: Moment) -> Roster? {
    let scratch = scratch
    return rosterProbe?.read(at: moment, scratch: scratch)
  }

  /// Static, because a method of its own would hold a second copy of all that is being changed here.
  private static func observe(
    _ watched: inout Watched, base: Sample, _ scratch: Scratch
  ) -> Observation {
    var sample = base
    switch watched.follower.step(at: base.moment, scratch: scratch) {
    case .watching(let handle, let generation, let previousEnd):
      watched.files.begin(at: base.moment)
      sample.target = watched.process.read(
        handle, generation: generation, previousEnd: previousEnd, at: base.moment, scratch: scratch)
      // Asked first and taken last: mostly the answer is there by then, without anybody having waited.
      watched.link.ask(watched.process.handles, sample.target.value, at: base.moment)
      sample.files = watched.files.read(
        watched.process.handles, processes: sample.target.value?.all, at: base.moment,
        scratch: scratch)
      sample.files.filesystems = watched.filesystems.read(
        handle, places: watched.files.places, at: base.moment)
      sample.link = watched.link.take(at: base.moment)
      return Observation(sample: sample, watching: .watching)
    case .waiting(let what):
      watched.link.ask([], nil, at: base.moment)
      sample.target = .missing(.because("waiting for \(what)"))
      sample.files.open = .missing(.because("waiting for \(what)"))
      return Observation(sample: sample, watching: .waiting(what))
    case .ended(let name, let end):
      watched.link.ask([], nil, at: base.moment)
      sample.target = .missing(.because("\(name) \(end.words)"))
      sample.files.open = .missing(.because("\(name) \(end.words)"))
      return Observation(
        sample: sample, watching: .ended(name, end, at: watched.follower.endedAt?.wall))
    }
  }
}
