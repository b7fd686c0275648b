import Glibc

/// What the kernel keeps for a process and can be asked to give up.
struct KernelRoad {
  static let pagesId = "pages"
  static let coldId = "cold"
  static let groupId = "group"
  /// What needs nothing of the program itself.
  static let ids: Set<String> = [pagesId, coldId, groupId]
  static let pages: Printable = "page cache"
  static let advice: Printable = "process_madvise"
  static let rights: Printable = "CAP_SYS_NICE and CAP_SYS_PTRACE"

  /// Gives up what is cached of the files it has open; loses no data.
  func evictPages(_ errand: Errand) throws(RoadFailure) -> Achievement {
    let files = try OwnFiles(errand).files()
    guard !files.isEmpty else {
      throw .cannot("it has no regular file open that can be read from a disk again")
    }
    let before = KernelRoad.cached(files)
    guard before != .zero else { throw .cannot("nothing of its open files is in the page cache") }
    var failure: SystemError?
    for file in files where !errand.isLate {
      do throws(SystemError) { try file.evict() } catch { failure = error }
    }
    if let failure, files.count == 1 { throw .failed("page cache: \(failure.sentence)") }
    // Pages that had to be written first go as soon as that is done.
    if let left = KernelRoad.cached(files), left > .zero {
      errand.host.time.wait(nanoseconds: 50_000_000)
      for file in files { try? file.evict() }
    }
    let count = Plural.words(files.count, "file")
    guard let before, let after = KernelRoad.cached(files) else {
      return Achievement(lead: "page cache of \(count)", road: KernelRoad.pages)
    }
    let change = "\(OutcomeWords.size(before)) → \(OutcomeWords.size(after))"
    return Achievement(
      lead: "page cache of \(count) \(Printable(change))", road: KernelRoad.pages)
  }

  /// The sum; `nil` where the kernel does not tell of one of them.
  static func cached(_ files: [CachedFile]) -> Bytes? {
    var sum = Bytes.zero
    for file in files {
      guard let cached = file.cached else { return nil }
      sum = sum + cached
    }
    return sum
  }

  /// Moves memory that was not used lately to swap.
  func evictCold(_ errand: Errand) throws(RoadFailure) -> Achievement {
    let free = SwapSpace.free(errand.host.files)
    guard free > .zero else { throw .cannot("there is no free swap to which memory could go") }
    guard let process = errand.target.handle.process else {
      throw .cannot("the kernel gives no pidfd")
    }
    let spans = try KernelRoad.ownSpans(errand)
    guard !spans.isEmpty else { throw .cannot("it has no memory of its own that could be moved") }
    do throws(SystemError) {
      _ = try ProcessTuning.pageOut(spans, of: process)
      return Achievement(lead: "cold memory to swap", road: KernelRoad.advice)
    } catch { throw RoadFailure(error, needs: KernelRoad.rights, doing: "process_madvise") }
  }

  private static func ownSpans(_ errand: Errand) throws(RoadFailure) -> [(
    start: UInt64, length: UInt64
  )] {
    let deadline = errand.host.time.now().later(by: 2)
    let pieces = PieceReader(
      files: errand.host.files, time: errand.host.time, deadline: deadline)
    var spans: [(start: UInt64, length: UInt64)] = []
    do throws(SystemError) {
      try pieces.lines("maps", in: errand.target.handle.directory, piece: 65536) { line in
        guard let region = MappedRegion.parse(line), region.isPrivate, region.isWritable,
          [.anonymous, .heap, .named].contains(region.kind)
        else { return }
        spans.append((region.start, region.size))
      }
    } catch { throw RoadFailure(error, needs: Target.rights, doing: "reading its mappings") }
    return spans
  }
}

/// Room in swap.
enum SwapSpace {
  static func free(_ files: any Files) -> Bytes {
    let free = try? files.parsed("/proc/meminfo") { bytes -> Bytes? in
      var scanner = ByteScanner(bytes)
      return scanner.skip(to: "SwapFree:") ? scanner.kilobytes() : nil
    }
    return (free ?? nil) ?? .zero
  }
}

/// The regular files a process has open, each once, held so that they stay the same.
struct OwnFiles {
  private let errand: Errand
  private static let mostDescriptors = 8192
  private static let mostFiles = 512

  init(_ errand: Errand) { self.errand = errand }

  func files() throws(RoadFailure) -> [CachedFile] {
    let directory = errand.target.handle.directory
    let files = errand.host.files
    let names: [String]
    do throws(SystemError) { names = try files.list("fd", in: directory) } catch {
      throw RoadFailure(error, needs: Target.rights, doing: "listing its open files")
    }
    var seen: Set<[UInt64]> = []
    var found: [CachedFile] = []
    for name in names.prefix(OwnFiles.mostDescriptors) where found.count < OwnFiles.mostFiles {
      guard !errand.isLate else { break }
      // Looking at a link never asks a server, and only regular files are opened.
      guard let status = try? files.status("fd/\(name)", in: directory, following: true),
        status.kind == .regular, seen.insert([status.device, status.inode]).inserted,
        let file = try? CachedFile("fd/\(name)", in: directory, size: status.size)
      else { continue }
      found.append(file)
    }
    return found
  }
}
