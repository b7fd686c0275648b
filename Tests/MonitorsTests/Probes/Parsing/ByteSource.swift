@testable import Monitors

/// Gives text to a parser as the bytes the kernel would give.
func withBytes<Result>(_ text: String, _ body: (UnsafeRawBufferPointer) -> Result) -> Result {
  withBytes(Array(text.utf8), body)
}

/// Gives bytes to a parser.
func withBytes<Result>(_ bytes: [UInt8], _ body: (UnsafeRawBufferPointer) -> Result) -> Result {
  bytes.withUnsafeBytes(body)
}

/// Garbage that is the same every time: random bytes, and pieces of a real file with some bytes changed.
func garbage(from real: String, rounds: Int, _ body: (UnsafeRawBufferPointer) -> Void) {
  var state: UInt64 = 0x9E37_79B9_7F4A_7C15
  let next = { (bound: Int) -> Int in
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int((state >> 33) % UInt64(max(1, bound)))
  }
  for round in 0..<rounds {
    var bytes =
      round % 2 == 0
      ? (0..<next(200)).map { _ in UInt8(next(256)) }
      : Array(real.utf8.prefix(next(real.utf8.count + 1)))
    for _ in 0..<next(6) where !bytes.isEmpty { bytes[next(bytes.count)] = UInt8(next(256)) }
    bytes.withUnsafeBytes(body)
  }
}
