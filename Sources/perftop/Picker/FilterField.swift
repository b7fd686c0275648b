import Monitors

/// What can be compared in a filter.
enum FilterField: String, CaseIterable, Sendable {
  case cpu, rss, growth, io, threads, pid, user, unit, container, state, name, command

  private static let aliases: [String: FilterField] = [
    "mem": .rss, "memory": .rss, "thr": .threads, "cmd": .command, "grow": .growth,
  ]

  /// The field of a word; `nil` where there is none.
  init?(word: String) {
    let lower = word.lowercased()
    guard let field = FilterField(rawValue: lower) ?? FilterField.aliases[lower] else { return nil }
    self = field
  }

  /// Whether it is a number, and so has an order.
  var isNumber: Bool {
    switch self {
    case .cpu, .rss, .growth, .io, .threads, .pid: true
    case .user, .unit, .container, .state, .name, .command: false
    }
  }

  /// Seconds of what its number is counted by; `nil` where it is no rate.
  var perSeconds: Double? {
    switch self {
    case .growth: 60
    case .io: 1
    default: nil
    }
  }

  /// What it is compared with, as an example that explains itself.
  var example: Printable {
    switch self {
    case .cpu: "cpu>20 is in percent of one processor"
    case .rss: "rss>500M, rss>2Gi"
    case .growth: "growth>1M is a minute, as shown"
    case .io: "io>1M is a second, as shown"
    case .threads: "threads>100"
    case .pid: "pid=123"
    case .user: "user=robot"
    case .unit: "unit=collector"
    case .container: "container=docker"
    case .state: "state=D"
    case .name: "name=camera"
    case .command: "command=train.py"
    }
  }

  /// The line of the searched text that it is; `nil` for a number and for the state.
  var line: SearchText.Line? {
    switch self {
    case .user: .user
    case .unit: .unit
    case .container: .container
    case .name: .name
    case .command: .command
    default: nil
    }
  }

  /// Its number in a row, as shown; `nil` where there is none.
  func number(_ row: RosterRow, _ note: RosterNote) -> Double? {
    switch self {
    case .cpu: note.cpu.value
    case .rss: note.memory.value
    case .growth: note.growth.value
    case .io: note.io.value
    case .threads: Double(row.threads)
    case .pid: Double(note.identity.pid)
    default: nil
    }
  }

  /// How far two of its numbers may be apart and still be shown as the same.
  func tolerance(_ value: Double) -> Double {
    switch self {
    case .threads, .pid: 0
    case .cpu: 0.5
    default: 0.005 * abs(value)
    }
  }
}

/// How two things are compared.
enum FilterRelation: String, CaseIterable, Sendable {
  case atLeast = ">="
  case atMost = "<="
  case not = "!="
  case more = ">"
  case less = "<"
  case equal = "="

  /// Whether it needs an order.
  var needsOrder: Bool { self != .equal && self != .not }

  /// Whether it holds between two numbers.
  func holds(_ value: Double, _ wanted: Double, tolerance: Double) -> Bool {
    switch self {
    case .atLeast: value >= wanted
    case .atMost: value <= wanted
    case .more: value > wanted
    case .less: value < wanted
    case .equal: abs(value - wanted) <= tolerance
    case .not: abs(value - wanted) > tolerance
    }
  }
}
