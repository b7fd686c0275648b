/// What `/proc/PID/stat` says.
struct ProcessStat: Equatable {
  var name: Printable
  var state: Character
  var parent: Int32
  var majorFaults: UInt64
  var cpuTicks: UInt64
  var threads: Int
  var startTicks: UInt64

  /// Splits at the last parenthesis: a name may hold any byte, a parenthesis and a line end too.
  static func parse(_ bytes: UnsafeRawBufferPointer) -> ProcessStat? {
    guard let open = bytes.firstIndex(of: UInt8(ascii: "(")),
      let close = bytes.lastIndex(of: UInt8(ascii: ")")), open < close
    else { return nil }
    var scanner = ByteScanner(UnsafeRawBufferPointer(rebasing: bytes[(close + 1)...]))
    guard let letter = scanner.word().first, ProcessStat.isLetter(letter),
      let parent = scanner.signedNumber()
    else { return nil }
    var numbers = SIMD32<Int64>()
    for place in 0..<18 {
      guard let number = scanner.signedNumber() else { return nil }
      numbers[place] = number
    }
    return ProcessStat(
      name: Printable(bytes: bytes[(open + 1)..<close]),
      state: Character(Unicode.Scalar(letter)), parent: Int32(clamping: parent),
      majorFaults: UInt64(clamping: numbers[7]),
      cpuTicks: UInt64(clamping: numbers[9]) &+ UInt64(clamping: numbers[10]),
      threads: Int(Int32(clamping: max(0, numbers[15]))), startTicks: UInt64(clamping: numbers[17]))
  }
  private static func isLetter(_ byte: UInt8) -> Bool {
    byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "z")
  }
}
