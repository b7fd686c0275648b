import Glibc
import TestSupport
import Testing

extension Trait where Self == ConditionTrait {
  /// Skips the test where the fault can not be brought about, with the reason.
  static func needs(_ ability: Ability) -> Self {
    .enabled(if: ability.isAvailable, Comment(rawValue: ability.obstacle))
  }
}

/// Control sequences that a monitor has reason to send; anything else came from outside.
let ownControls: Set<String> = {
  let plain = ["A", "B", "C", "D", "G", "H", "J", "K", "L", "M", "P", "S", "T", "X", "Z", "@"]
  let others = ["a", "b", "d", "h", "l", "m", "r", "t", "!p", "?l", "?h"]
  let modes = ["1", "3;4", "7", "12", "12;25", "25", "1000", "1002", "1003", "1004", "1006"]
  let all = modes + ["1006;1000", "1049", "2004", "2026"]
  return Set(
    (plain + others).map { "CSI \($0)" } + all.flatMap { ["CSI ?h \($0)", "CSI ?l \($0)"] }
      + ["CSI ?$p", "OSC 11"] + ["(", ")", "7", "8", "M", "=", ">"].map { "ESC \($0)" })
}()

extension ProgramRun {
  /// One line that says what and why, perhaps a second that says what to do, and no escape anywhere.
  var complainsProperly: Bool {
    let lines = errors.split(separator: "\n")
    return errors.hasPrefix("perftop: ") && (1...2).contains(lines.count) && !hasEscapes
  }

  var hasEscapes: Bool { (output + errors).unicodeScalars.contains("\u{1b}") }

  /// The numbers that stand behind a key, in the order of the output.
  func numbers(_ key: String) -> [Double] {
    output.ranges(of: "\"\(key)\":").compactMap { range in
      Double(
        output[range.upperBound...].drop { $0 == " " }.prefix { "-+.eE0123456789".contains($0) })
    }
  }
}

/// A process that does nothing, to be watched.
func sleeper() throws -> Specimen { try #require(Specimen(["sleep", "60"])) }

/// Whether a process runs, zombies not counted.
func isAlive(_ pid: Int32) -> Bool {
  let capacity = 512
  let descriptor = open("/proc/\(pid)/stat", O_RDONLY | O_CLOEXEC)
  guard descriptor >= 0 else { return false }
  defer { close(descriptor) }
  let bytes = [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
    count = max(0, read(descriptor, buffer.baseAddress, capacity))
  }
  return !bytes.isEmpty && !String(decoding: bytes, as: UTF8.self).contains(") Z ")
}

/// Waits until a process has ended.
func ends(_ pid: Int32, within seconds: Double) -> Bool {
  let stepMilliseconds: Int32 = 10
  for _ in 0..<Int(seconds * 100) {
    if !isAlive(pid) { return true }
    poll(nil, 0, stepMilliseconds)
  }
  return !isAlive(pid)
}
