/// The directories of a process's control groups, each followed by its ancestors.
struct CgroupPlace: Sendable, Equatable {
  var path: String
  var version: Int
  /// From the process's own group up to the highest one that can be seen.
  var memory: [String]
  var processor: [String]
  /// The group in version 2's hierarchy, where stall information is, with or without memory.
  var unified: String?

  /// Finds them; `nil` where no group is visible.
  init?(_ paths: CgroupPaths, _ mounts: CgroupMounts) {
    let unifiedPlaces = CgroupPlace.places(paths.unified, mounts.unified)
    unified = unifiedPlaces.first
    if let memoryPath = paths.memory, mounts.memory != nil {
      version = 1
      path = memoryPath
      memory = CgroupPlace.places(memoryPath, mounts.memory)
      processor = CgroupPlace.places(paths.processor, mounts.processor)
    } else if let unifiedPath = paths.unified, mounts.unified != nil {
      version = 2
      path = unifiedPath
      memory = unifiedPlaces
      processor = unifiedPlaces
    } else {
      return nil
    }
  }

  /// Within a container the mount may begin below the top; a path that leads out of it can not be followed.
  private static func places(_ path: String?, _ mount: CgroupMounts.Mount?) -> [String] {
    guard let path, let mount, !path.split(separator: "/").contains("..") else { return [] }
    var inner = path[...]
    if mount.root != "/" {
      guard path.hasPrefix(mount.root) else { return [mount.place] }
      inner = inner.dropFirst(mount.root.count)
    }
    var places = [mount.place]
    for part in inner.split(separator: "/") {
      places.append("\(places[places.count - 1])/\(part)")
    }
    return places.reversed()
  }
}
