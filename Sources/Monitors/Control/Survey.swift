/// What could be evicted from a process, for a menu: names, sizes, and why something can not be.
struct Survey {
  let errand: Errand

  var evictables: [Evictable] { caches + [pages, cold, group, command].compactMap { $0 } }

  private var caches: [Evictable] {
    let most = 32
    let caches = (errand.context.link?.caches ?? []).filter(\.isEvictable)
    return caches.prefix(most).map { cache in
      var found = Evictable(
        id: "\(EvictRoad.cachePrefix)\(cache.name.text)", title: "cache \(cache.name)",
        size: cache.bytes.map { .fresh($0) } ?? .missing(.because("the program does not tell")))
      if let entries = cache.entries {
        found.note = Plural.words(Int(clamping: entries), "entry", "entries")
      }
      return found
    }
  }

  private var pages: Evictable {
    var found = Evictable(
      id: KernelRoad.pagesId, title: "page cache of its open files", size: .missing(.notYet))
    do throws(RoadFailure) {
      let files = try OwnFiles(errand).files()
      guard !files.isEmpty else { throw .cannot("it has no regular file open") }
      found.size =
        KernelRoad.cached(files).map { .fresh($0) }
        ?? .missing(.because("the kernel tells only the files' owner"))
      found.note = "\(Plural.words(files.count, "file")), read again when needed"
      if found.size.value == .zero { found.isPossible = false }
    } catch { Survey.forbid(&found, error) }
    return found
  }

  private var cold: Evictable {
    let own = try? errand.host.files.parsed("status", in: errand.target.handle.directory) {
      ProcessStatus.parse($0)?.anonymous
    }
    var found = Evictable(
      id: KernelRoad.coldId, title: "memory it has not used lately",
      size: (own ?? nil).map { .fresh($0) } ?? .missing(.malformed))
    found.note = "at most so much, to swap; slow when it is needed again"
    if SwapSpace.free(errand.host.files) == .zero {
      Survey.forbid(&found, .cannot("there is no free swap"))
    } else if !ThreadIdentity.isRoot {
      Survey.forbid(&found, .notPermitted(needs: KernelRoad.rights))
    }
    return found
  }

  private var group: Evictable {
    var found = Evictable(
      id: KernelRoad.groupId, title: "file pages of its control group", size: .missing(.notYet))
    do throws(RoadFailure) {
      let group = try GroupRoad(errand).group()
      found.size = .fresh(group.cached)
      found.note = group.others == 0 ? "nobody else is in the group" : group.note
      if group.cached == .zero { found.isPossible = false }
    } catch { Survey.forbid(&found, error) }
    return found
  }

  private var command: Evictable? {
    guard let words = try? HookRoad.words(errand, .evict) else { return nil }
    let size: Measured<Bytes> = .missing(.because("only the command knows"))
    var found = Evictable(id: EvictRoad.command, title: "the configured command", size: size)
    found.note = Printable(words.joined(separator: " "))
    return found
  }

  private static func forbid(_ found: inout Evictable, _ failure: RoadFailure) {
    found.isPossible = false
    found.note = failure.sentence
    if found.size.value == nil { found.size = .missing(.because(failure.sentence)) }
  }
}
