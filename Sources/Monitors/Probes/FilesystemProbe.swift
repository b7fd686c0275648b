/// Asks how much room is left where the target writes.
///
/// A dead server never answers, so each mount has a worker of its own, and one that is silent is not asked again.
public struct FilesystemProbe: Probe {
  /// `mountinfo` and `statvfs`.
  public static let provenance = Provenance(
    name: "filesystems", reads: "/proc/PID/mountinfo, statvfs", microseconds: 15)

  private let files: any Files
  private let isInline: Bool
  private var table = MountTable(mounts: [])
  private var tableRead: Moment?
  private var seenPlaces: [WrittenPlace] = []
  private var mounts: [Mounted] = []
  private var prefix = ""

  /// One filesystem that is asked.
  private struct Mounted {
    var path: String
    var kind: Printable
    var place: String
    let worker: Worker<Result<SpaceSample, SystemError>>
    var space: Measured<SpaceSample> = .missing(.notYet)
    var asked: Moment?
    var answered: Moment?
    var isWanted = true
  }

  private static let tableTrust = 30.0
  private static let spaceTrust = 5.0
  private static let patience = 0.5
  private static let mostMounts = 16

  /// Knows no filesystem yet; inline workers make a test one synchronous call.
  public init(host: Host, inlineWorkers: Bool = false) {
    files = host.files
    isInline = inlineWorkers
  }

  /// Whether the mounts can be read.
  public static func examine(_ host: Host, target: TargetHandle?) -> Absence? {
    do throws(SystemError) {
      _ = try host.files.keep(
        target == nil ? "/proc/self/mountinfo" : "mountinfo", in: target?.directory)
      return nil
    } catch { return error.absence(missingMeans: .notSupported) }
  }

  /// The filesystems on which the places lie; that of the working directory where there is no place.
  public mutating func read(
    _ target: TargetHandle, places: [WrittenPlace], at moment: Moment
  ) -> [FilesystemSample] {
    let isOld =
      tableRead.map { moment.seconds(since: $0) >= FilesystemProbe.tableTrust } ?? true
    if isOld || places != seenPlaces {
      tableRead = moment
      seenPlaces = places
      readTable(target)
      choose(places.isEmpty ? workingDirectory(target) : places)
    }
    for index in mounts.indices { ask(index, at: moment) }
    mounts.removeAll { !$0.isWanted && $0.asked == nil }
    return mounts.filter(\.isWanted).map { mount in
      FilesystemSample(
        mount: Printable(mount.path), kind: mount.kind, space: mount.space)
    }
  }
}

extension FilesystemProbe {
  private static let largestTable = 1 << 20
  private static let readAtOnce = 65536

  /// The kernel gives this file a page at a time.
  private mutating func readTable(_ target: TargetHandle) {
    prefix = TargetRoot.prefix(of: target, files)
    guard let file = try? files.keep("mountinfo", in: target.directory) else { return }
    var bytes: [UInt8] = []
    withUnsafeTemporaryAllocation(byteCount: FilesystemProbe.readAtOnce, alignment: 8) { buffer in
      while bytes.count < FilesystemProbe.largestTable,
        let count = try? files.read(file, at: Int64(bytes.count), into: buffer), count > 0
      {
        bytes.append(contentsOf: buffer[..<count])
      }
    }
    table = bytes.withUnsafeBytes(MountTable.parse)
  }

  private func workingDirectory(_ target: TargetHandle) -> [WrittenPlace] {
    guard let bytes = try? files.readLink("cwd", in: target.directory) else { return [] }
    let device = (try? files.status("cwd", in: target.directory, following: true))?.device ?? 0
    return [WrittenPlace(path: String(decoding: bytes, as: UTF8.self), device: device)]
  }

  /// Types that hold no data of a program, or only memory that is limited elsewhere.
  private static let pseudo: Set<String> = [
    "proc", "sysfs", "cgroup", "cgroup2", "devpts", "devtmpfs", "debugfs", "tracefs", "bpf",
    "securityfs", "mqueue", "pstore", "configfs", "fusectl", "hugetlbfs", "nsfs", "binfmt_misc",
    "autofs", "efivarfs", "squashfs", "iso9660",
  ]

  private mutating func choose(_ places: [WrittenPlace]) {
    for index in mounts.indices { mounts[index].isWanted = false }
    for place in places {
      guard let mount = table.mount(of: Array(place.path.utf8), device: place.device),
        !mount.isReadOnly, let path = mount.path
      else { continue }
      let kind = Printable(bytes: mount.kind)
      guard !FilesystemProbe.pseudo.contains(kind.text) else { continue }
      if let index = mounts.firstIndex(where: { $0.path == path && $0.kind == kind }) {
        mounts[index].isWanted = true
      } else if mounts.count < FilesystemProbe.mostMounts {
        mounts.append(
          Mounted(
            path: path, kind: kind, place: prefix + path,
            worker: Worker(name: "statvfs", isInline: isInline)))
      }
    }
  }

  /// Takes an answer and asks again when it is old; while none comes, says for how long.
  private mutating func ask(_ index: Int, at moment: Moment) {
    collect(index, at: moment)
    guard mounts[index].asked == nil, mounts[index].isWanted else { return }
    let isOld =
      mounts[index].answered.map { moment.seconds(since: $0) >= FilesystemProbe.spaceTrust } ?? true
    guard isOld else { return }
    let (files, place) = (files, mounts[index].place)
    let isStarted = mounts[index].worker.start(at: moment) {
      do throws(SystemError) { return .success(try files.statistics(place)) } catch {
        return .failure(error)
      }
    }
    guard isStarted else { return }
    mounts[index].asked = moment
    collect(index, at: moment)
  }

  private mutating func collect(_ index: Int, at moment: Moment) {
    switch mounts[index].worker.poll() {
    case .idle: mounts[index].asked = nil
    case .done(let answer):
      mounts[index].asked = nil
      mounts[index].answered = moment
      switch answer {
      case .success(let space): mounts[index].space = .fresh(space)
      case .failure(let error): mounts[index].space = .missing(error.absence())
      }
    case .busy(let since):
      let waited = moment.seconds(since: since)
      guard waited > FilesystemProbe.patience else { return }
      mounts[index].space = FilesystemProbe.silent(
        mounts[index].space, for: waited, since: mounts[index].answered ?? since)
    }
  }

  private static func silent(
    _ space: Measured<SpaceSample>, for seconds: Double, since: Moment
  ) -> Measured<SpaceSample> {
    switch space {
    case .fresh(let value), .stale(let value, _): .stale(value, since: since)
    case .missing: .missing(.silent(seconds: seconds))
    }
  }
}
