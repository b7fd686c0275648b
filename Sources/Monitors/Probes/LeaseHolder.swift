/// Who has claimed messages, told so that others can see whether he still lives: what a dead one held is free at once.
struct LeaseHolder: Equatable {
  var pid: Int32
  var startTicks: UInt64
  /// By which numbers its process goes.
  var numbering: String

  init(pid: Int32, startTicks: UInt64, numbering: String) {
    self.pid = pid
    self.startTicks = startTicks
    self.numbering = numbering
  }

  /// This program; `nil` where it can't be told.
  init?(running host: Host, numbering: String) {
    let scratch = Scratch(size: 4096)
    guard let bytes = try? scratch.read(host.files, "/proc/self/stat"),
      let stat = ProcessStat.parse(bytes),
      let pid = Int32(String(decoding: bytes.prefix { $0 != UInt8(ascii: " ") }, as: UTF8.self))
    else { return nil }
    self.init(pid: pid, startTicks: stat.startTicks, numbering: numbering)
  }

  /// As it stands in a journal; `nil` for a holder of another kind.
  init?(_ owner: String) {
    let parts = owner.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 4, let pid = Int32(parts[0]), pid > 0, let ticks = UInt64(parts[1]) else {
      return nil
    }
    self.init(pid: pid, startTicks: ticks, numbering: String(parts[2]))
  }

  /// The name to claim by: `4711.88123.4026531836.9f`; the last part tells two couriers of one program apart.
  func owner(_ distinction: String) -> String {
    "\(String(pid)).\(String(startTicks)).\(numbering).\(distinction)"
  }
}
