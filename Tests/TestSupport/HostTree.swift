public import Monitors

/// The committed trees of files that stand for whole machines.
///
///     let host = HostTree.host("pi5-undervoltage")
public enum HostTree: String, CaseIterable, Sendable {
  case x86Idle = "x86-idle"
  case pi5UnderVoltage = "pi5-undervoltage"
  case pi4SoftLimit = "pi4-soft-limit"
  case orinOverCurrent = "orin-overcurrent"
  case containerCgroup2 = "container-cgroup2"

  /// Where the tree of one tick lies.
  public func path(tick: Int = 0) -> String {
    let number = String(tick)
    let padded = String(repeating: "0", count: max(0, 3 - number.count)) + number
    let tests = #filePath.split(separator: "/").dropLast(2).joined(separator: "/")
    return "/\(tests)/Fixtures/hosts/\(rawValue)/\(padded)"
  }

  /// The machine that the tree stands for.
  public var host: Host { .fixture(path()) }
}
