/// How large a regular expression becomes when its repetitions are written out, as the C library does before it
/// matches anything: `a{1000}{1000}` takes all the memory there is.
struct PatternCost {
  /// What may be compiled: some megabytes.
  static let most = 4000

  private var groups = [0]
  private var last = 0

  /// The number of parts; no more than one above `most` is counted.
  static func of(_ pattern: String) -> Int {
    var cost = PatternCost()
    let bytes = Array(pattern.utf8)
    var place = 0
    while place < bytes.count { place = cost.take(bytes, at: place) }
    return cost.groups.reduce(0) { min(most + 1, $0 + $1) }
  }

  /// Takes one part and says where the next begins.
  private mutating func take(_ bytes: [UInt8], at place: Int) -> Int {
    switch bytes[place] {
    case UInt8(ascii: "\\"):
      add(1)
      return place + 2
    case UInt8(ascii: "["):
      add(1)
      return PatternCost.endOfSet(bytes, from: place)
    case UInt8(ascii: "("):
      groups.append(0)
      last = 0
    case UInt8(ascii: ")") where groups.count > 1: add(max(1, groups.removeLast()))
    case UInt8(ascii: "+"): repeatLast(2)
    case UInt8(ascii: "*"), UInt8(ascii: "?"): add(1, isPart: false)
    case UInt8(ascii: "{"): return bounds(bytes, from: place)
    default: add(1)
    }
    return place + 1
  }

  private mutating func add(_ cost: Int, isPart: Bool = true) {
    groups[groups.count - 1] = min(PatternCost.most + 1, groups[groups.count - 1] + cost)
    last = isPart ? cost : last + cost
  }

  private mutating func repeatLast(_ times: Int) {
    let (all, isTooMuch) = last.multipliedReportingOverflow(by: max(1, times))
    let cost = isTooMuch ? PatternCost.most + 1 : min(PatternCost.most + 1, all)
    let before = groups[groups.count - 1] - min(last, groups[groups.count - 1])
    groups[groups.count - 1] = before
    add(cost)
  }

  /// `{3}`, `{3,}` and `{3,5}`; every one of them may stand behind another.
  private mutating func bounds(_ bytes: [UInt8], from place: Int) -> Int {
    guard let end = bytes[place...].firstIndex(of: UInt8(ascii: "}")) else {
      add(1)
      return place + 1
    }
    var numbers: [Int] = [0]
    for byte in bytes[(place + 1)..<end] {
      switch byte {
      case UInt8(ascii: ","): numbers.append(0)
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        let digit = Int(byte - UInt8(ascii: "0"))
        numbers[numbers.count - 1] = min(
          PatternCost.most + 1, numbers[numbers.count - 1] * 10 + digit)
      default: break
      }
    }
    let isOpen = numbers.count > 1 && numbers.last == 0
    repeatLast((numbers.max() ?? 1) + (isOpen ? 1 : 0))
    return end + 1
  }

  /// A bracket that stands first in a set is one of it.
  private static func endOfSet(_ bytes: [UInt8], from place: Int) -> Int {
    var start = place + 1
    if start < bytes.count, bytes[start] == UInt8(ascii: "^") { start += 1 }
    if start < bytes.count, bytes[start] == UInt8(ascii: "]") { start += 1 }
    guard start < bytes.count else { return bytes.count }
    return (bytes[start...].firstIndex(of: UInt8(ascii: "]")) ?? bytes.count - 1) + 1
  }
}
