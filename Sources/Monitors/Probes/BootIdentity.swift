/// Which run of which machine this is: monotonic times and numbers of processes mean something only within one.
public struct BootIdentity: Sendable, Hashable {
  /// The kernel's name of this boot; empty where it has none.
  public var boot: String
  /// Which numbers processes go by: those of the machine, or of one container.
  public var numbering: String
  /// The machine's name.
  public var host: Printable

  /// Names one.
  public init(boot: String, numbering: String = "", host: Printable = "") {
    self.boot = boot
    self.numbering = numbering
    self.host = host
  }

  /// Asks the kernel.
  public init(_ host: Host) {
    let scratch = Scratch(size: 4096)
    let text = ValueFile.text("/proc/sys/kernel/random/boot_id", on: host, scratch)
    boot = text.map(\.text) ?? ""
    let link = (try? host.files.readLink("/proc/self/ns/pid", in: nil)) ?? []
    numbering = String(decoding: link.filter { (48...57).contains($0) }, as: UTF8.self)
    self.host = ValueFile.text("/proc/sys/kernel/hostname", on: host, scratch) ?? ""
  }
}

/// Whether processes that were once seen are still there.
public struct ProcessPresence: Sendable {
  private let host: Host

  /// Asks this host.
  public init(_ host: Host) { self.host = host }

  /// Whether it has ended; what can't be known for sure has not.
  public func hasEnded(pid: Int32, startTicks: UInt64) -> Bool {
    hasEnded(pid, startTicks, isCollected: true)
  }

  /// Whether it does nothing any more: it has ended, whether anybody took notice or not.
  public func isDead(pid: Int32, startTicks: UInt64) -> Bool {
    hasEnded(pid, startTicks, isCollected: false)
  }

  private func hasEnded(_ pid: Int32, _ startTicks: UInt64, isCollected: Bool) -> Bool {
    let scratch = Scratch(size: 4096)
    do throws(SystemError) {
      let bytes = try scratch.read(host.files, "/proc/\(pid)/stat")
      guard let stat = ProcessStat.parse(bytes) else { return false }
      let isZombie = stat.state == UInt8(ascii: "Z")
      return stat.startTicks != startTicks || isZombie && !isCollected
    } catch {
      guard error == .notFound || error == .noProcess else { return false }
    }
    // Where processes of others are hidden, their numbers can still be asked for.
    do throws(SystemError) {
      _ = try host.processes.open(pid)
      return false
    } catch { return error == .noProcess }
  }
}
