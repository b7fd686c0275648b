import Glibc
import Monitors

/// A second program at a journal, to be killed at any moment.
///
///     JournalTool write DIRECTORY RULE FROM TO     fires RULE about FROM, FROM + 1 ...; says each once it is kept
///     JournalTool storm DIRECTORY FROM TO PAUSE    the same, owing a message each, and sends what is owed
///     JournalTool send DIRECTORY                   sends what is owed
enum JournalTool {
  static let host = Host.live()
  static let channel = "mail"

  static func say(_ words: String) {
    let bytes = Array("\(words)\n".utf8)
    _ = Glibc.write(1, bytes, bytes.count)
  }

  static func alert(_ rule: String, _ number: Int) -> Alert {
    let now = host.time.now()
    var alert = Alert(
      id: "\(rule)-0", rule: rule, severity: .critical, category: .resource, state: .firing,
      since: now, value: Double(number), threshold: 1, message: "number \(String(number))")
    alert.label = String(number)
    alert.firedAt = now
    return alert
  }

  static func write(_ journal: AlertJournal, _ rule: String, _ number: Int, owing: [String])
    throws(JournalError)
  {
    let transition = AlertTransition(.fired, at: host.time.now(), alert: alert(rule, number))
    try journal.record([transition]) { _ in owing }
    say("kept \(number)")
  }

  /// What is sent is said before it is written down: a message may come twice, and must not be lost.
  static func send(_ journal: AlertJournal) {
    let now = host.time.now()
    let found = journal.claimDeliveries(
      channels: [channel], owner: "tool \(getpid())", lease: 0.5, at: now, limit: 4)
    for delivery in found {
      say("sent \(delivery.id) \(delivery.transition.alert.label)")
      journal.settleDeliveries([delivery.id: .sent], at: host.time.now())
    }
  }

  static func run(_ words: [String]) throws(JournalError) {
    guard words.count >= 2,
      let journal = try AlertJournal(
        JournalPlace(words[1]), boot: BootIdentity(host), writer: "tool \(getpid())")
    else { exit(2) }
    let numbers = words.dropFirst(2).compactMap { Int($0) }
    switch words[0] {
    case "write":
      for number in numbers[0]..<numbers[1] { try write(journal, words[2], number, owing: []) }
    case "storm":
      for number in numbers[0]..<numbers[1] {
        try write(journal, "storm", number, owing: [channel])
        send(journal)
        host.time.wait(nanoseconds: Int64(numbers[2]) * 1_000_000)
      }
    case "send":
      for _ in 0..<600 {
        send(journal)
        let left = journal.deliveryTallies(at: host.time.now())[channel]?.pending ?? 0
        if left == 0 { return }
        host.time.wait(nanoseconds: 20_000_000)
      }
    default: exit(2)
    }
  }
}

do throws(JournalError) {
  try JournalTool.run(Array(CommandLine.arguments.dropFirst()))
} catch {
  JournalTool.say("failed: \(error.sentence)")
  exit(1)
}
