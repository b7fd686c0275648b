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
    let entries = counters(scratch)
    allowance.add(
      total.update(entries), isReadable: entries.contains { $0.counters != nil })
    var own = set.advance()
    var foreign: [FileSet.Claim] = []
    for found in watcher.finish(at: moment) {
      let claim = set.absorb(
        found, watchedSince: started?.moment.wall ?? .max, now: moment.wall, foreign: &foreign)
      if let claim { own.append(claim) }
    }
    for claim in desk.settle(own: own, foreign: foreign, from: &allowance, at: moment) {
      set.grant(claim)
    }
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

  /// What a person should know before trusting the numbers.
  func caveats(at moment: Moment) -> [Printable] {
    var caveats = watcher.caveats(at: moment) + desk.caveats(at: moment)
    let open = tables.reduce(0) { $0 + $1.descriptors.count }
    if open > OpenFilesProbe.mostAtOnce {
      caveats.append(
        "only \(OpenFilesProbe.mostAtOnce) of \(open) open files are followed, the others in turn")
    }
    if refused == nil, tables.contains(where: { $0.isDenied }) {
      let denied = tables.count { $0.isDenied }
      caveats.append("files of \(denied) of \(tables.count) processes can't be seen: no permission")
    }
    if !allowance.isKnown, ticks > 1, set.seenWritten > 0 {
      caveats.append("its write counters can't be read: what others write may be counted")
    }
    return caveats
  }
}
