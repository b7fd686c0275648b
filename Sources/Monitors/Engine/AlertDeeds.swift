/// Whose alerts each of the last commands was about, so that one undo takes back one command.
struct AlertDeeds: Sendable {
  private static let most = 16
  private var places: [[Int]] = []

  mutating func note(_ command: Command, _ done: [Int]) {
    switch command {
    case .acknowledge, .acknowledgeAll, .shelve: places.append(done)
    default: return
    }
    if places.count > AlertDeeds.most { places.removeFirst() }
  }

  mutating func last() -> [Int]? { places.popLast() }

  mutating func forget() { places = [] }
}
