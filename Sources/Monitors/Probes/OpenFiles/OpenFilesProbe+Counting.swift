extension OpenFilesProbe {
  private static let ticksBetweenDirectories = 5

  /// Short-lived files are often made in the working directory.
  mutating func followWorkingDirectories() {
    for index in tables.indices
    where (ticks + index) % OpenFilesProbe.ticksBetweenDirectories == 1 {
      let handle = tables[index].handle
      guard let bytes = try? files.readLink("cwd", in: handle.directory) else { continue }
      watcher.follow(String(decoding: bytes, as: UTF8.self), prefix: prefix(of: handle))
    }
  }

  private static let headsAtOnce = 16
  private static let leastHead: Int64 = 8

  mutating func readHeads(at moment: Moment) {
    collectHeads()
    guard !set.headless.isEmpty else { return }
    var jobs: [@Sendable () -> Head] = []
    let files = files
    for key in set.headless where jobs.count < OpenFilesProbe.headsAtOnce {
      guard let file = set.files[key], file.lastStatus.size >= OpenFilesProbe.leastHead,
        let table = tables.first(where: { $0.handle.pid == file.door.pid })
      else { continue }
      let link = "fd/\(file.door.number)"
      let directory = table.handle.directory
      let path = file.path
      jobs.append {
        OpenFilesProbe.head(of: key, link, in: directory, named: path, files)
      }
    }
    guard !jobs.isEmpty else { return }
    heads.start(at: moment) { [jobs] in jobs.map { $0() } }
    collectHeads()
  }

  private mutating func collectHeads() {
    guard case .done(let found) = heads.poll() else { return }
    for head in found { set.settle(head.key, head.format) }
  }

  /// The descriptor may lead elsewhere by now, to a pipe perhaps, so it is checked before anything is opened.
  private static func head(
    of key: FileKey, _ link: String, in directory: DirectoryHandle, named path: String,
    _ files: any Files
  ) -> Head {
    guard let status = try? files.status(link, in: directory, following: true),
      status.kind == .regular, FileKey(status) == key
    else { return Head(key: key, format: nil) }
    return Head(
      key: key, format: DirectoryLooks.head(of: link, in: directory, named: path, files))
  }
}

extension OpenFilesProbe {
  /// Adds up what was written, within what the target's own counters cover.
  mutating func count(at moment: Moment, _ scratch: Scratch) {
    allowance.add(total.update(counters(scratch)))
    var certain: Int64 = 0
    var own = set.advance(certain: &certain)
    var foreign: [FileSet.Claim] = []
    for found in watcher.finish(at: moment) {
      let claim = set.absorb(
        found, watchedSince: started?.moment.wall ?? .max, now: moment.wall, foreign: &foreign)
      if let claim { own.append(claim) }
    }
    allowance.spend(certain)
    grant(own, isOwn: true)
    if grant(foreign, isOwn: false) > OpenFilesProbe.worthSaying { capped = moment }
  }

  private static let worthSaying: Int64 = 1_000_000
  private static let cappedIsNews = 60.0

  /// Counts the share of the claims that is covered; gives what is not.
  @discardableResult
  private mutating func grant(_ claims: [FileSet.Claim], isOwn: Bool) -> Int64 {
    let wanted = claims.reduce(Int64(0)) { $0 &+ $1.bytes }
    guard wanted > 0 else { return 0 }
    let share = allowance.grant(wanted, isOwn: isOwn)
    for claim in claims {
      set.grant(share < 1 ? Int64(Double(claim.bytes) * share) : claim.bytes, claim)
    }
    return Int64(Double(wanted) * (1 - share))
  }

  private func counters(_ scratch: Scratch) -> [CounterTotal.Entry] {
    let root = tables.first?.handle.pid ?? 0
    return tables.map { table in
      CounterTotal.Entry(
        pid: table.handle.pid, parent: root, startTicks: table.handle.startTicks,
        counters: counters(of: table.handle, scratch),
        isNewborn: newborns.contains(table.handle.pid))
    }
  }

  private func counters(of handle: TargetHandle, _ scratch: Scratch) -> IOCounters? {
    if let known { return known.first { $0.pid == handle.pid }?.io.value }
    let bytes = try? scratch.read(files, "io", in: handle.directory)
    return bytes.flatMap(OpenFilesProbe.written)
  }

  /// Only what is written matters here.
  private static func written(_ bytes: UnsafeRawBufferPointer) -> IOCounters? {
    var scanner = ByteScanner(bytes)
    var counters = IOCounters()
    guard scanner.skip(to: "wchar:"), let characters = scanner.number() else { return nil }
    counters.writtenCharacters = characters
    if scanner.skip(to: "write_bytes:") { counters.writtenBytes = scanner.number() ?? 0 }
    return counters
  }

  func caveats(at moment: Moment) -> [Printable] {
    var caveats = watcher.caveats(at: moment)
    if let capped, moment.seconds(since: capped) < OpenFilesProbe.cappedIsNews {
      caveats.append(
        "others write to the same directories: only what the target's own counters cover is counted"
      )
    }
    return caveats
  }
}
