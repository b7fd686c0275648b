extension TargetFinder {
  /// Processes that began after another ended and are the same service or the same command.
  func successors(of last: Found) -> [Found] {
    var found: [Found] = []
    for entry in (try? host.files.list("/proc", in: nil)) ?? [] {
      guard let pid = Int32(entry), startTicks(pid) >= last.handle.startTicks,
        let candidate = try? attach(pid),
        last.signature.matches(candidate.signature)
      else { continue }
      found.append(candidate)
    }
    return withoutDescendants(found)
  }

  private func startTicks(_ pid: Int32) -> UInt64 {
    let scratch = Scratch(size: 4096)
    guard let bytes = try? scratch.read(host.files, "/proc/\(pid)/stat") else { return 0 }
    return ProcessStat.parse(bytes)?.startTicks ?? 0
  }
}
