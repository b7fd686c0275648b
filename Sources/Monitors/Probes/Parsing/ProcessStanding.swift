/// What `/proc/PID/status` says about whether and how a process can be reached.
struct ProcessStanding: Sendable, Equatable {
  /// State letter.
  var state: UInt8 = 0
  /// Who traces it; 0 is nobody.
  var tracer: Int32 = 0
  /// Its effective owner and group.
  var user: UInt32 = 0
  var group: UInt32 = 0
  /// Its number as it sees it itself.
  var ownNumber: Int32 = 0
  /// Signals it has a handler for, a bit each from 1.
  var caught: UInt64 = 0

  /// Whether it handles a signal, so that one does not end it.
  func catches(_ signal: Int32) -> Bool {
    signal >= 1 && signal <= 64 && caught >> UInt64(signal - 1) & 1 == 1
  }

  /// Takes the lines apart; `nil` where there is no state among them.
  static func parse(_ bytes: UnsafeRawBufferPointer) -> ProcessStanding? {
    var scanner = ByteScanner(bytes)
    var standing = ProcessStanding()
    while !scanner.isAtEnd {
      standing.take(&scanner)
      scanner.skipLine()
    }
    return standing.state == 0 ? nil : standing
  }

  private mutating func take(_ scanner: inout ByteScanner) {
    if scanner.take("State:") {
      state = scanner.word().first ?? 0
    } else if scanner.take("TracerPid:") {
      tracer = Int32(clamping: scanner.number() ?? 0)
    } else if scanner.take("Uid:") {
      user = ProcessStanding.second(&scanner)
    } else if scanner.take("Gid:") {
      group = ProcessStanding.second(&scanner)
    } else if scanner.take("Pid:") {
      if ownNumber == 0 { ownNumber = Int32(clamping: scanner.number() ?? 0) }
    } else if scanner.take("NSpid:") {
      while let number = scanner.number() { ownNumber = Int32(clamping: number) }
    } else if scanner.take("SigCgt:") {
      scanner.skipBlanks()
      caught = scanner.hexadecimal() ?? 0
    }
  }

  /// Of the four numbers the effective one.
  private static func second(_ scanner: inout ByteScanner) -> UInt32 {
    _ = scanner.number()
    return UInt32(clamping: scanner.number() ?? 0)
  }
}
