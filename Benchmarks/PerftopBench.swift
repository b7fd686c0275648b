/// Measures what perftop costs: small pieces of it by themselves, and all of it beside its peers.
///
///     perftop-bench [micro] [frames] [roster] [filter] [link] [linkload] [peers] [list] [stalls] [soak] [batches] [leaks] [shifts] [--rounds N] [--seconds S] [--sleepers N]
@main
enum PerftopBench {
  static func main() {
    let arguments = CommandLine.arguments.dropFirst()
    if arguments.first == LinkLoad.targetVerb { return LinkLoad.beTarget(arguments.dropFirst()) }
    let all = [
      "micro", "alerts", "frames", "roster", "filter", "link", "linkload", "peers", "list",
      "stalls", "soak",
      "batches", "leaks", "shifts",
    ]
    let verbs = arguments.filter(all.contains)
    let options = Options(arguments)
    for verb in verbs.isEmpty
      ? ["micro", "frames", "link", "peers", "list", "stalls", "batches", "leaks", "shifts"]
      : Array(verbs)
    {
      switch verb {
      case "micro": MicroBenchmark.runAll()
      case "alerts": AlertCost().run()
      case "frames": Frames().run()
      case "roster": RosterCost(options: options).run()
      case "filter": Filtering(options).run()
      case "link": LinkCost().run()
      case "linkload": LinkLoad(options).run()
      case "list": Contest(options, .listing).run()
      case "soak": Soak(options).run()
      case "stalls": Stalls().run()
      case "batches": BatchSearch().run()
      case "leaks": Leaks().run()
      case "shifts": ShiftSearch().run()
      default: Contest(options).run()
      }
    }
  }
}

/// How long and how often.
struct Options {
  var rounds = 3
  var seconds = 10
  var sleepers = 300
  var ticks = 10_000

  init(_ arguments: some Collection<String>) {
    for (name, value) in zip(arguments, arguments.dropFirst()) {
      guard let number = Int(value), number > 0 else { continue }
      switch name {
      case "--rounds": rounds = number
      case "--seconds": seconds = number
      case "--sleepers": sleepers = number
      case "--ticks": ticks = number
      default: break
      }
    }
  }
}

/// Rows of text in columns: the first left, the others right.
struct Table {
  private var rows: [[String]] = []

  init(_ headings: [String]) { rows = [headings] }

  mutating func add(_ row: [String]) { rows.append(row) }

  func show(_ title: String) {
    print("\n\(title)")
    let widths = (rows.first ?? []).indices.map { column in
      rows.map { column < $0.count ? $0[column].count : 0 }.max() ?? 0
    }
    for row in rows {
      let cells = zip(row, widths).enumerated().map { index, cell in
        let padding = String(repeating: " ", count: max(0, cell.1 - cell.0.count))
        return index == 0 ? cell.0 + padding : padding + cell.0
      }
      print("  " + cells.joined(separator: "  "))
    }
  }
}

extension Double {
  /// Three figures are all that a measurement on a shared machine is good for.
  var short: String {
    guard isFinite else { return "-" }
    let digits = abs(self) >= 100 ? 0 : abs(self) >= 10 ? 1 : abs(self) >= 1 ? 2 : 3
    let scale = (0..<digits).reduce(1.0) { product, _ in product * 10 }
    let whole = (self * scale).rounded() / scale
    return digits == 0 ? "\(Int(clamping: Int64(whole)))" : "\(whole)"
  }
}
