/// What is to be found out about one process that may keep whoever asks waiting for ever.
struct RosterQuestion: Sendable {
  var identity: ProcessKey
  /// Whether the command line and the control groups are wanted, or what was read and written alone.
  var wantsFacts: Bool
}

/// What was found out.
struct RosterAnswer: Sendable {
  var question: RosterQuestion
  /// The command line; empty where there is none.
  var command: Printable?
  var groups: CgroupNames?
  /// Bytes read from storage and written to it since the process began.
  var io: Result<UInt64, SystemError>
  /// When that was counted.
  var at: Moment
}

/// Finds the answers by reading files of `/proc`; a process's memory lock or an exec that hangs holds it up.
struct RosterReader: Sendable {
  let host: Host
  let directory: DirectoryHandle
  /// What a list can use of a command line.
  private static let longestCommand = 400

  func answer(_ question: RosterQuestion, _ scratch: Scratch) -> RosterAnswer {
    let place = String(question.identity.pid)
    var answer = RosterAnswer(question: question, io: .failure(.noProcess), at: host.time.now())
    answer.io = io(place, scratch)
    guard question.wantsFacts else { return answer }
    if let bytes = try? scratch.read(host.files, place + "/cgroup", in: directory) {
      answer.groups = CgroupNames.parse(bytes)
    }
    if let bytes = try? scratch.read(host.files, place + "/cmdline", in: directory) {
      answer.command = RosterReader.command(bytes)
    }
    return answer
  }

  private func io(_ place: String, _ scratch: Scratch) -> Result<UInt64, SystemError> {
    do throws(SystemError) {
      let bytes = try scratch.read(host.files, place + "/io", in: directory)
      guard let counters = ProcessIO.parse(bytes) else { return .failure(.notOffered) }
      return .success(counters.readBytes &+ counters.writtenBytes)
    } catch { return .failure(error) }
  }

  /// One line of text, and a mark where it was cut.
  static func command(_ bytes: UnsafeRawBufferPointer) -> Printable {
    var end = bytes.count
    while end > 0, bytes[end - 1] == 0 { end -= 1 }
    let isCut = end > longestCommand
    if isCut {
      end = longestCommand
      // Never in the middle of a character.
      while end > 0, bytes[end] & 0xC0 == 0x80 { end -= 1 }
    }
    let text = String(decoding: bytes[..<end].lazy.map { $0 == 0 ? 32 : $0 }, as: UTF8.self)
    return Printable(isCut ? text + "…" : text)
  }
}
