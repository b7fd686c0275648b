/// Finds the descendants of a process as they are born, from whichever thread.
///
/// The kernel tells which number it gave out last, so that only numbers given out since have to be looked at; a look
/// at every process is the exception.
public struct ChildrenProbe: Probe {
  /// What it reads and costs.
  public static let provenance = Provenance(
    name: "children", reads: "/proc/loadavg, /proc/PID/stat of new processes", microseconds: 10)

  private let files: any Files
  private let root: TargetHandle
  /// The living descendants, parents before their children.
  public private(set) var handles: [TargetHandle] = []
  /// How many more there are than are looked at.
  public private(set) var leftOut = 0
  private var lastNumber: Int?
  private var lastScan: Moment?
  private var isScanOwed = true
  private var loadFile: KeptFile?

  private static let mostNew = 200
  private static let mostChildren = 128
  private static let scanPause = 5.0
  private static let scanPeriod = 60.0

  /// Follows the descendants of one process.
  public init(files: any Files, root: TargetHandle) {
    self.files = files
    self.root = root
  }

  /// Every machine has parents and children.
  public static func examine(_ host: Host, target: TargetHandle?) -> Absence? { nil }

  /// Looks for new descendants.
  public mutating func look(at moment: Moment, scratch: Scratch) {
    let newest = newestNumber(scratch)
    let fresh = newNumbers(upTo: newest)
    lastNumber = newest
    if let fresh {
      for pid in fresh { adopt(Int32(clamping: pid), scratch) }
    } else {
      isScanOwed = true
    }
    let pause = isScanOwed ? ChildrenProbe.scanPause : ChildrenProbe.scanPeriod
    if lastScan.map({ moment.seconds(since: $0) >= pause }) ?? true {
      scan(scratch)
      lastScan = moment
      isScanOwed = newest == nil
    }
  }

  /// Forgets descendants that were found to be gone.
  public mutating func forget(_ isGone: (TargetHandle) -> Bool) { handles.removeAll(where: isGone) }

  private mutating func newestNumber(_ scratch: Scratch) -> Int? {
    if loadFile == nil { loadFile = try? files.keep("/proc/loadavg", in: nil) }
    guard let loadFile, let bytes = try? scratch.read(files, kept: loadFile) else { return nil }
    var scanner = ByteScanner(bytes)
    for _ in 0..<4 { _ = scanner.word() }
    return scanner.number().map { Int(clamping: $0) }
  }

  /// The numbers given out since last time; `nil` if they are too many, or began again from below.
  private func newNumbers(upTo newest: Int?) -> Range<Int>? {
    guard let newest, let lastNumber, newest >= lastNumber,
      newest - lastNumber <= ChildrenProbe.mostNew
    else { return nil }
    return (lastNumber + 1)..<(newest + 1)
  }

  private func isOurs(_ pid: Int32) -> Bool {
    pid == root.pid || handles.contains { $0.pid == pid }
  }

  private func stat(_ pid: Int32, _ scratch: Scratch) -> ProcessStat? {
    guard let bytes = try? scratch.read(files, "/proc/\(String(pid))/stat") else { return nil }
    return ProcessStat.parse(bytes)
  }

  private mutating func adopt(_ pid: Int32, _ scratch: Scratch) {
    guard !isOurs(pid), let stat = stat(pid, scratch), isOurs(stat.parent) else { return }
    guard handles.count < ChildrenProbe.mostChildren else {
      leftOut += 1
      return
    }
    guard let handle = ChildrenProbe.hold(pid, files, scratch), isOurs(handle.parent) else {
      return
    }
    handles.append(handle.child)
  }

  /// Holds a process by its directory; a thread, which has a number and a directory too, is none.
  private static func hold(_ pid: Int32, _ files: any Files, _ scratch: Scratch)
    -> (child: TargetHandle, parent: Int32)?
  {
    guard let directory = try? files.openDirectory("/proc/\(String(pid))", in: nil),
      let status = try? scratch.read(files, "status", in: directory),
      ProcessStatus.parse(status)?.group == pid,
      let bytes = try? scratch.read(files, "stat", in: directory),
      let stat = ProcessStat.parse(bytes)
    else { return nil }
    let handle = TargetHandle(
      pid: pid, directory: directory, process: nil, startTicks: stat.startTicks)
    return (handle, stat.parent)
  }

  private mutating func scan(_ scratch: Scratch) {
    guard let names = try? files.list("/proc", in: nil) else { return }
    var parents: [(pid: Int32, parent: Int32)] = []
    for name in names {
      guard let pid = Int32(name), pid != root.pid, let stat = stat(pid, scratch) else { continue }
      parents.append((pid, stat.parent))
    }
    leftOut = 0
    var reached: [Int32] = [root.pid] + handles.map(\.pid)
    var next = 0
    while next < reached.count {
      for entry in parents where entry.parent == reached[next] && !reached.contains(entry.pid) {
        reached.append(entry.pid)
        adopt(entry.pid, scratch)
      }
      next += 1
    }
  }
}
