/// What the other side has said, as far as it is wanted.
struct Reply {
  private let most: Int
  private var received = 0
  /// The last line that says no for ever: `550 no such user`.
  private(set) var refusal = ""
  /// How many lines said so.
  private(set) var refusals = 0

  init(most: Int) { self.most = most }

  /// Counts bytes of the reply; 0 ends the transfer, once there were too many.
  mutating func take(_ count: Int) -> Int {
    let (sum, isTooMuch) = received.addingReportingOverflow(count)
    received = isTooMuch ? most + 1 : sum
    return received <= most ? count : 0
  }

  /// Hears a line of the conversation.
  mutating func hear(_ line: UnsafeRawBufferPointer) {
    let longest = 120
    guard line.first == UInt8(ascii: "5"), line.count > 4, line[3] != UInt8(ascii: "-") else {
      return
    }
    refusals += 1
    refusal = String(decoding: line.prefix(longest), as: UTF8.self)
  }
}
