/// Reads the limits a process runs into by itself.
public struct LimitsProbe: Probe {
  /// What it reads and costs.
  public static let provenance = Provenance(
    name: "process limits", reads: "/proc/PID/limits", microseconds: 10)

  private let files: any Files
  private var limits = RestingValue<ProcessLimits>(period: 30)

  /// Reads seldom, because they hardly ever change.
  public init(files: any Files) { self.files = files }

  /// Whether limits can be read.
  public static func examine(_ host: Host, target: TargetHandle?) -> Absence? {
    guard let target else { return nil }
    do throws(SystemError) {
      _ = try Scratch(size: 4096).read(host.files, "limits", in: target.directory)
      return nil
    } catch { return error.absence(missingMeans: .notSupported) }
  }

  mutating func read(_ handle: TargetHandle, at moment: Moment, scratch: Scratch)
    -> Measured<ProcessLimits>
  {
    limits.value(at: moment) { [files] in
      do throws(SystemError) {
        let bytes = try scratch.read(files, "limits", in: handle.directory)
        return ProcessLimits.parse(bytes).map { .fresh($0) } ?? .missing(.malformed)
      } catch { return .missing(error.absence(missingMeans: .notSupported)) }
    }
  }
}
