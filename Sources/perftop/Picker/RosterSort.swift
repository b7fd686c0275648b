/// What the list of processes is sorted by.
enum RosterSort: String, CaseIterable, Sendable {
  case cpu, memory, growth, io, name

  /// The one after this, round the end.
  var next: RosterSort {
    let all = RosterSort.allCases
    let place = all.firstIndex(of: self) ?? 0
    return all[(place + 1) % all.count]
  }

  /// What it is called in a sentence.
  var words: String {
    switch self {
    case .cpu: "CPU"
    case .memory: "memory"
    case .growth: "growth of memory"
    case .io: "IO"
    case .name: "name"
    }
  }
}
