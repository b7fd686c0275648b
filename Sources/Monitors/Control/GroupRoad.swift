import Glibc

/// The memory of a whole control group, and with it that of everybody else in the group.
struct GroupRoad {
  static let name: Printable = "cgroup reclaim"
  private let errand: Errand

  init(_ errand: Errand) { self.errand = errand }

  /// A group, what it holds of files, and who else is in it.
  struct Group: Equatable {
    /// Its directory.
    var place: String
    var version: Int
    /// What it could give up without swap.
    var cached: Bytes
    /// Processes beside the target.
    var others: Int

    /// `hits 3 other processes too`; empty where there are none.
    var note: Printable {
      others == 0 ? "" : "hits \(Plural.words(others, "other process", "other processes")) too"
    }
  }

  /// The target's group; refuses the one that all the machine is in.
  func group() throws(RoadFailure) -> Group {
    let files = errand.host.files
    let place: CgroupPlace
    do throws(SystemError) {
      let paths = try files.parsed("cgroup", in: errand.target.handle.directory) {
        CgroupPaths.parse($0)
      }
      let mounts = try files.parsed("/proc/self/mountinfo", room: 1 << 18) {
        CgroupMounts.parse($0)
      }
      guard let found = CgroupPlace(paths, mounts) else {
        throw SystemError.notOffered
      }
      place = found
    } catch { throw .cannot("no control group accounts for its memory") }
    guard let own = place.memory.first, place.path != "/", place.memory.count > 1 else {
      throw .cannot("it is in no control group of its own, only in the machine's")
    }
    let cached = try? files.parsed("\(own)/memory.stat", GroupRoad.filePages)
    let members = try? files.parsed("\(own)/cgroup.procs", room: 1 << 18) { bytes in
      bytes.reduce(0) { $0 + ($1 == 10 ? 1 : 0) }
    }
    return Group(
      place: own, version: place.version, cached: Bytes(clamping: cached ?? 0),
      others: max(0, (members ?? 1) - 1))
  }

  private static func filePages(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
    let parts = [
      CgroupFile.value("inactive_file ", bytes), CgroupFile.value("active_file ", bytes),
    ]
    return parts.reduce(0) { $0 &+ ($1 ?? 0) }
  }

  /// Makes the group give up its file pages.
  func reclaim() throws(RoadFailure) -> Achievement {
    let group = try group()
    guard group.others == 0 || errand.order.accepts else {
      throw .asks("the control group is shared: it \(group.note); perftop send --yes accepts that")
    }
    do throws(SystemError) { try ask(group) } catch {
      switch error.code {
      case EACCES, EPERM: throw .notPermitted(needs: "root, or a control group that is delegated")
      case ENOENT: throw .cannot("this kernel can not be asked to reclaim a group's memory")
      // Less than was asked for, which is what is there.
      case EAGAIN, EBUSY: break
      default: throw .failed("control group: \(error.sentence)")
      }
    }
    let after = try self.group().cached
    let change = "\(OutcomeWords.size(group.cached)) → \(OutcomeWords.size(after))"
    let note = group.others == 0 ? "" : ", \(group.note)"
    return Achievement(
      lead: "file pages of its group \(Printable(change))\(Printable("\(note)"))",
      road: GroupRoad.name)
  }

  private func ask(_ group: Group) throws(SystemError) {
    guard group.version == 2 else {
      return try KernelFile.write("1\n", to: "\(group.place)/memory.force_empty")
    }
    let place = "\(group.place)/memory.reclaim"
    do throws(SystemError) {
      try KernelFile.write("\(group.cached.count) swappiness=0\n", to: place)
    } catch {
      // Kernels before 6.9 know no swappiness here.
      guard error.code == EINVAL else { throw error }
      try KernelFile.write("\(group.cached.count)\n", to: place)
    }
  }
}
