/// The part of watching directories that may wait for a server, and so is done by workers.
enum DirectoryLooks {
  /// A directory that is to be watched, or is.
  struct Place: Sendable {
    /// Its path as the target names it.
    var path: String
    /// What to put before the path to reach it from here.
    var prefix: String
    /// How many directories below one that the target wrote to.
    var depth: Int
  }

  /// A place that was added, and what lay there.
  struct Added: Sendable {
    var place: Place
    /// The watch, or why there is none.
    var watch: Result<Int32, SystemError>
    var found: [FoundFile] = []
    var subdirectories: [String] = []
  }

  /// A file of which an event told.
  struct Change: Sendable {
    /// Its path as the target names it.
    var path: String
    /// What to put before the path to reach it from here.
    var prefix: String
    /// Whether somebody closed it after writing.
    var wasClosed = false
    /// Whether it was made or renamed.
    var wasMade = false
  }

  private static let mostEntries = 1024
  private static let mostHeads = 64

  /// Watches a place first and looks at what lies there after, so that nothing falls in between.
  static func add(_ place: Place, to queue: any DirectoryWatch, _ files: any Files) -> Added {
    let real = place.prefix + place.path
    do throws(SystemError) {
      var added = Added(place: place, watch: .success(try queue.add(real)))
      let names = (try? files.list(real, in: nil)) ?? []
      for name in names.prefix(mostEntries) {
        guard let status = try? files.status("\(real)/\(name)", in: nil, following: false) else {
          continue
        }
        let path = "\(place.path)/\(name)"
        if status.kind == .regular {
          added.found.append(
            FoundFile(
              path: path, status: status, wasClosed: false, wasMade: false,
              format: FileFormat.byName(path) ?? .other))
        } else if status.kind == .directory, place.depth > 0 {
          added.subdirectories.append(path)
        }
      }
      return added
    } catch { return Added(place: place, watch: .failure(error)) }
  }

  /// Looks at files of which events told; those that are gone again are left out.
  static func look(_ changes: [Change], _ files: any Files) -> [FoundFile] {
    var heads = 0
    var found: [FoundFile] = []
    found.reserveCapacity(changes.count)
    for change in changes {
      let real = change.prefix + change.path
      guard let status = try? files.status(real, in: nil, following: false),
        status.kind == .regular
      else { continue }
      var format = FileFormat.byName(change.path)
      if format == nil, heads < mostHeads {
        heads += 1
        format = DirectoryLooks.head(of: real, in: nil, named: change.path, files)
      }
      found.append(
        FoundFile(
          path: change.path, status: status, wasClosed: change.wasClosed,
          wasMade: change.wasMade, format: format ?? .other))
    }
    return found
  }

  /// The format by a file's first bytes; `nil` where it can't be opened or is too short to tell.
  static func head(
    of place: String, in directory: DirectoryHandle?, named path: String, _ files: any Files
  ) -> FileFormat? {
    withUnsafeTemporaryAllocation(byteCount: FileFormat.headLength, alignment: 8) { buffer in
      guard let count = try? files.read(place, in: directory, into: buffer), count >= 4 else {
        return nil
      }
      return FileFormat.detect(
        path: path, head: UnsafeRawBufferPointer(rebasing: buffer[..<count]))
    }
  }
}
