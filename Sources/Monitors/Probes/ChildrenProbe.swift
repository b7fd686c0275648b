/// Finds the living descendants of a process, and holds each by its directory.
///
/// The children of the main threads are read every tick, those of other threads, some
/// hundreds at most, every few seconds.
struct ChildrenProbe: Probe {
  static let provenance = Provenance(
    name: "children", reads: "/proc/PID/task/*/children, else /proc/*/stat", microseconds: 6)

  private static let mostProcesses = 256
  private static let mostThreads = 512
  private static let fullInterval = 3.0

  private let files: any Files
  private var lists: [Int32: KeptFile] = [:]
  private var others: [Int32: [Int32]] = [:]
  private var lastFull: Moment?
  private let isOffered: Bool

  init(files: any Files, root: TargetHandle) {
    self.files = files
    let own = "task/\(root.pid)/children"
    isOffered = (try? files.keep(own, in: root.directory)) != nil
  }

  static func examine(_ host: Host, target: TargetHandle?) -> Absence? {
    let pid = target?.pid ?? 1
    do {
      _ = try host.files.keep("/proc/\(pid)/task/\(pid)/children", in: nil)
      return nil
    } catch { return error.absence(missingMeans: .notSupported) }
  }

  /// The handles of all descendants; those already held are kept.
  mutating func read(
    root: ProcessSample, handle: TargetHandle, known: [TargetHandle], at moment: Moment,
    scratch: Scratch
  ) -> [TargetHandle] {
    let isFull = lastFull.map { moment.seconds(since: $0) >= ChildrenProbe.fullInterval } ?? true
    if isFull {
      lastFull = moment
      others = isOffered ? otherThreads([handle] + known, scratch) : byParent(scratch)
    }
    var found: [TargetHandle] = []
    var queue = [handle]
    while !queue.isEmpty, found.count < ChildrenProbe.mostProcesses {
      let parent = queue.removeFirst()
      for pid in children(of: parent, scratch) where !found.contains(where: { $0.pid == pid }) {
        guard found.count < ChildrenProbe.mostProcesses else { break }
        let held = known.first { $0.pid == pid }
        guard let child = held ?? hold(pid, below: parent.pid, scratch) else { continue }
        found.append(child)
        queue.append(child)
      }
    }
    if isFull {
      lists = lists.filter { entry in
        found.contains { $0.pid == entry.key } || entry.key == handle.pid
      }
    }
    return found
  }

  private mutating func children(of parent: TargetHandle, _ scratch: Scratch) -> [Int32] {
    let rest = others[parent.pid] ?? []
    guard isOffered else { return rest }
    if lists[parent.pid] == nil {
      lists[parent.pid] = try? files.keep("task/\(parent.pid)/children", in: parent.directory)
    }
    guard let list = lists[parent.pid], let bytes = try? scratch.read(files, kept: list) else {
      lists[parent.pid] = nil
      return rest
    }
    return ProcessCounters.children(bytes) + rest
  }

  private func otherThreads(_ processes: [TargetHandle], _ scratch: Scratch) -> [Int32: [Int32]] {
    var found: [Int32: [Int32]] = [:]
    var left = ChildrenProbe.mostThreads
    for process in processes where left > 0 {
      let threads = (try? files.list("task", in: process.directory)) ?? []
      guard threads.count > 1 else { continue }
      for thread in threads.prefix(left) where thread != "\(process.pid)" {
        left -= 1
        guard
          let bytes = try? scratch.read(files, "task/\(thread)/children", in: process.directory)
        else { continue }
        found[process.pid, default: []] += ProcessCounters.children(bytes)
      }
    }
    return found
  }

  private func byParent(_ scratch: Scratch) -> [Int32: [Int32]] {
    var found: [Int32: [Int32]] = [:]
    for name in (try? files.list("/proc", in: nil)) ?? [] {
      guard let pid = Int32(name), let bytes = try? scratch.read(files, "/proc/\(name)/stat"),
        let stat = ProcessStat.parse(bytes)
      else { continue }
      found[stat.parent, default: []].append(pid)
    }
    return found
  }

  /// The number may have been given to another process meanwhile; the parent tells.
  private func hold(_ pid: Int32, below parent: Int32, _ scratch: Scratch) -> TargetHandle? {
    guard let directory = try? files.openDirectory("/proc/\(pid)", in: nil),
      let bytes = try? scratch.read(files, "stat", in: directory),
      let stat = ProcessStat.parse(bytes), stat.parent == parent,
      stat.state != "Z" || stat.threads > 1
    else { return nil }
    return TargetHandle(
      pid: pid, directory: directory, process: nil, startTicks: stat.startTicks)
  }
}
