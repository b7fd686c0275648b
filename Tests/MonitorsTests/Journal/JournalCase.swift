import TestSupport

@testable import Monitors

/// A journal in a folder of its own, and what happens in it.
struct JournalCase {
  static let boot = BootIdentity(boot: "this-boot", numbering: "1", host: "orin")
  static let boot2 = BootIdentity(boot: "later-boot", numbering: "1", host: "orin")

  let folder: TemporaryDirectory
  let place: JournalPlace
  let time = FakeTime()

  init() throws {
    folder = try TemporaryDirectory()
    place = JournalPlace(folder.path, owner: "pi", isLocal: true)
  }

  var now: Moment { time.now() }

  func journal(_ writer: String = "one", boot: BootIdentity = Self.boot) throws -> AlertJournal {
    guard let journal = try AlertJournal(place, boot: boot, writer: writer) else {
      throw JournalError.failed("there is none")
    }
    return journal
  }

  /// An alert as a monitor has it: the number in its id is its own.
  func alert(
    _ rule: String = "memory-high", _ label: String = "", severity: Severity = .warning,
    subject: AlertSubject = .machine
  ) -> Alert {
    var alert = Alert(
      id: "\(rule)-9", rule: rule, severity: severity, category: .resource, state: .firing,
      since: now, value: 83, threshold: 80, message: "memory 83 % of 8.00 GB",
      actions: ["collect garbage: g"])
    alert.label = label
    alert.subject = subject
    alert.firedAt = now
    return alert
  }

  func transition(
    _ kind: AlertTransition.Kind, _ alert: Alert, by who: Printable? = nil, serial: UInt64 = 0
  ) -> AlertTransition {
    var transition = AlertTransition(kind, at: now, alert: alert, by: who)
    transition.serial = serial
    return transition
  }

  func fired(_ rule: String = "memory-high", _ label: String = "", serial: UInt64 = 0)
    -> AlertTransition
  {
    transition(.fired, alert(rule, label), serial: serial)
  }

  func ended(_ rule: String = "memory-high", _ label: String = "") -> AlertTransition {
    var over = alert(rule, label)
    over.state = .resolved
    over.ended = now
    return transition(.resolved, over)
  }

  static let nobody: @Sendable (AlertTransition) -> [String] = { _ in [] }
  static let mail: @Sendable (AlertTransition) -> [String] = { _ in ["mail"] }
}

extension AlertJournal {
  func historyWords(_ search: JournalSearch = JournalSearch(), at now: Moment) throws -> [String] {
    try history(search, at: now).map { "\($0.kind.rawValue) \($0.alert.id)" }
  }
}
