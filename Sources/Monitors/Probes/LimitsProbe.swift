/// Reads the limits a process has set for itself.
struct LimitsProbe: Probe {
  static let provenance = Provenance(
    name: "limits", reads: "/proc/PID/limits", microseconds: 10)

  private static let interval = 30.0
  private var last: Moment?
  private(set) var addressSpace: Measured<Bytes?> = .missing(.notYet)
  private(set) var descriptors: Measured<Int?> = .missing(.notYet)

  static func examine(_ host: Host, target: TargetHandle?) -> Absence? {
    do {
      let name = target == nil ? "/proc/self/limits" : "limits"
      _ = try Scratch(size: 4096).read(host.files, name, in: target?.directory)
      return nil
    } catch { return error.absence() }
  }

  mutating func update(
    _ handle: TargetHandle, _ files: any Files, at moment: Moment, _ scratch: Scratch
  ) {
    guard last.map({ moment.seconds(since: $0) >= LimitsProbe.interval }) ?? true else { return }
    last = moment
    do {
      let bytes = try scratch.read(files, "limits", in: handle.directory)
      addressSpace =
        ProcessCounters.limit("Max address space", bytes).map { found in
          .fresh(found.map { Bytes(clamping: $0) })
        } ?? .missing(.malformed)
      descriptors =
        ProcessCounters.limit("Max open files", bytes).map { found in
          .fresh(found.map { Int(clamping: $0) })
        } ?? .missing(.malformed)
    } catch {
      addressSpace = .missing(error.absence())
      descriptors = .missing(error.absence())
    }
  }
}
