/// The `stat` files of busy processes, held open: reading one again costs half of opening it again.
///
/// Each costs a descriptor and 4 kB of the kernel's memory, so that there are few, and fewer where few are allowed.
struct KeptStats: Sendable {
  private let files: any Files
  private let directory: DirectoryHandle
  private var kept: [Int32: KeptFile] = [:]
  private var most: Int?
  private static let most = 64
  /// Of all descriptors this program may have, one in so many.
  private static let share = 8

  init(files: any Files, directory: DirectoryHandle) {
    self.files = files
    self.directory = directory
  }

  /// The file of a process that is held.
  func file(_ pid: Int32) -> KeptFile? { kept[pid] }

  /// Holds the file of a process, if there is room; says whether it does.
  mutating func keep(_ pid: Int32, _ scratch: Scratch) -> Bool {
    if most == nil { most = limit(scratch) }
    guard kept.count < most ?? 0 else { return false }
    do throws(SystemError) {
      kept[pid] = try files.keep(String(pid) + "/stat", in: directory)
      return true
    } catch {
      // Whoever is in need of descriptors is not to be in need because of these.
      if error.isShortage { dropAll() }
      return false
    }
  }

  /// Lets go of one.
  mutating func drop(_ pid: Int32) { kept[pid] = nil }

  /// Lets go of all, for good.
  mutating func dropAll() {
    kept = [:]
    most = 0
  }

  private func limit(_ scratch: Scratch) -> Int {
    guard let bytes = try? scratch.read(files, "self/limits", in: directory),
      let limits = ProcessLimits.parse(bytes)
    else { return 0 }
    return min(KeptStats.most, (limits.descriptors ?? .max) / KeptStats.share)
  }
}
