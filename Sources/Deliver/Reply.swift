/// What the other side has said, as far as it is wanted.
struct Reply {
  private let most: Int
  private var received = 0
  private var recipients = 0
  private var isOfRecipient = false
  /// The last line that says no for ever: `550 no such user`.
  private(set) var refusal = ""
  /// The last one that said so of a recipient.
  private(set) var refusedRecipient = ""
  /// The last one that says of a recipient that another time will do: `450 try again`.
  private(set) var deferral = ""
  /// The places of those recipients.
  private(set) var deferred: [Int] = []

  init(most: Int) { self.most = most }

  /// Counts bytes of the reply; 0 ends the transfer, once there were too many.
  mutating func take(_ count: Int) -> Int {
    let (sum, isTooMuch) = received.addingReportingOverflow(count)
    received = isTooMuch ? most + 1 : sum
    return received <= most ? count : 0
  }

  /// Hears what the other side is told, to know what it answers.
  mutating func ask(_ command: UnsafeRawBufferPointer) {
    isOfRecipient = command.starts(with: "RCPT TO".utf8)
    if isOfRecipient { recipients += 1 }
  }

  /// Hears a line of the conversation.
  mutating func hear(_ line: UnsafeRawBufferPointer) {
    let longest = 120
    guard line.count > 4, line[3] != UInt8(ascii: "-") else { return }
    let text = String(decoding: line.prefix(longest), as: UTF8.self)
    if line[0] == UInt8(ascii: "5") {
      refusal = text
      if isOfRecipient { refusedRecipient = text }
    } else if line[0] == UInt8(ascii: "4"), isOfRecipient {
      deferral = text
      deferred.append(recipients - 1)
    }
  }
}
