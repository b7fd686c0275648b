import Glibc

/// What the demo does at one instant: a pure function of the seconds since it began.
///
/// A minute repeats; the heat repeats every five, so that its alarms have time to resolve before they come again.
struct DemoScene: Equatable {
  static let cycle = 60.0
  static let heatCycle = 300.0

  /// Seconds since the demo began.
  let elapsed: Double

  /// Seconds into this minute.
  private var second: Double { elapsed.truncatingRemainder(dividingBy: DemoScene.cycle) }
  /// Seconds into these five minutes.
  private var heatSecond: Double { elapsed.truncatingRemainder(dividingBy: DemoScene.heatCycle) }

  /// Whether the processors are kept busy.
  var isBusy: Bool { (12..<44).contains(second) }
  /// Whether writing stands still, as behind a slow disk.
  var isStalled: Bool { (34..<39).contains(second) }
  /// Whether memory is kept that should have been given back.
  var isLeaking: Bool { (8..<48).contains(second) }

  /// Bytes a second that leak.
  var leakRate: Double { isLeaking ? 1_000_000 : 0 }

  /// Bytes a second written in one format.
  func writeRate(_ format: DemoFormat) -> Double {
    if isStalled { return 0 }
    return switch format {
    case .csv: isBusy ? 90_000 : 40_000
    case .jsonl: isBusy ? 400_000 : 120_000
    case .parquet: isBusy ? 1_000_000 : 250_000
    case .npy: isBusy ? 300_000 : 0
    case .mcap: isBusy ? 600_000 : 200_000
    }
  }

  /// Images a second.
  var imageRate: Double { isStalled ? 0 : isBusy ? 8 : 2 }

  // The board.

  /// Whether this is the minute of the five in which the board gets too hot.
  private var isHotMinute: Bool { heatSecond < DemoScene.cycle }

  /// The temperature of the board: beyond 80 °C for longer than a critical alarm waits, in the hot minute.
  var celsius: Double {
    let peak = isHotMinute ? 83.5 : 66.0
    let calm = 56.0
    let wobble = 0.4 * sin(elapsed * 1.7)
    let warming = 12.0
    let warm = 20.0
    let cooling = 47.0
    let cool = 58.0
    switch second {
    case ..<warming: return calm + second / 4 + wobble
    case ..<warm:
      let start = calm + warming / 4
      return start + (peak - start) * (second - warming) / (warm - warming) + wobble
    case ..<cooling: return peak + wobble
    default: return calm + (peak - calm) * max(0, cool - second) / (cool - cooling) + wobble
    }
  }

  /// Whether the supply sags at this moment.
  var isUnderVoltage: Bool { (24..<47).contains(heatSecond) }
  /// Whether it has sagged since the demo began.
  var hasBeenUnderVoltage: Bool { elapsed >= 24 }
  /// Whether the board slows itself down for its temperature.
  var isTooHot: Bool { celsius >= 80 }
  /// Whether it has been too hot since the demo began.
  var hasBeenTooHot: Bool { elapsed >= 20 }
}

/// The formats that the demo writes as growing files.
enum DemoFormat: String, CaseIterable {
  case csv, jsonl, parquet, npy, mcap
}
