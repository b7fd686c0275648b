import Monitors

/// A column of the list of processes.
enum PickerColumn: CaseIterable, Sendable {
  case mark, pid, user, cpu, memory, growth, io, state, threads, process, group

  /// Cells it takes; fixed, so that no figure ever moves another.
  var width: Int {
    switch self {
    case .mark: 2
    case .pid, .memory, .io: 7
    case .user: 8
    case .cpu: 6
    case .growth: 9
    case .state: 1
    case .threads: 5
    case .process: 8
    case .group: 22
    }
  }

  var title: Printable {
    switch self {
    case .mark: ""
    case .pid: "pid"
    case .user: "user"
    case .cpu: "cpu %"
    case .memory: "memory"
    case .growth: "grow/min"
    case .io: "io/s"
    case .state: "S"
    case .threads: "thr"
    case .process: "process"
    case .group: "unit, container"
    }
  }

  var isRight: Bool {
    switch self {
    case .pid, .cpu, .memory, .growth, .io, .threads: true
    default: false
    }
  }

  /// Columns of a higher number go first; those of 0 never.
  private var rank: Int {
    switch self {
    case .mark, .process: 0
    case .cpu: 1
    case .memory: 2
    case .pid: 3
    case .growth: 4
    case .io: 5
    case .user: 6
    case .state: 7
    case .threads: 8
    case .group: 9
    }
  }

  /// What a press on its title sorts by.
  var sort: RosterSort? {
    switch self {
    case .cpu: .cpu
    case .memory: .memory
    case .growth: .growth
    case .io: .io
    case .process: .name
    default: nil
    }
  }

  /// What the branches of a tree should have, where there is as much.
  private static let branchWidth = 36

  /// The columns as a table without rows; the one that is sorted by is the last to go.
  static func table(_ plan: RosterPlan, width: Int) -> Table {
    let sort = plan.sort
    let branches = min(PickerColumn.branchWidth, width / 2)
    let columns = allCases.map { column in
      Table.Column(
        column.title, column == .process && plan.isTree ? branches : column.width,
        rank: column.sort == sort ? 0 : column.rank,
        right: column.isRight, flexible: column == .process)
    }
    return Table(columns: columns, rows: [], gap: 1)
  }
}

/// Where the parts of the list of processes stand on a pane of some size.
struct PickerPlaces: Sendable, Equatable {
  var isFramed = false
  /// The line of column titles.
  var headings: Int?
  var rows: Rectangle
  var preview: Rectangle?
  /// For each column where it stands; `nil` where it was dropped.
  var columns: [(x: Int, width: Int)?] = []

  private static let beside = (least: 150, width: 52)
  private static let below = (least: 12, most: 6)
  private static let framed = Size(width: 24, height: 7)

  init(_ size: Size, _ plan: RosterPlan) {
    isFramed = size.width >= PickerPlaces.framed.width && size.height >= PickerPlaces.framed.height
    var area = Rectangle(x: 0, y: 0, width: size.width, height: size.height)
    if isFramed {
      area = area.inside
    } else {
      area.y = min(1, size.height - 1)
      area.height -= area.y
    }
    if isFramed, area.width >= PickerPlaces.beside.least {
      let width = PickerPlaces.beside.width
      preview = Rectangle(
        x: area.x + area.width - width, y: area.y, width: width, height: area.height)
      area.width -= width + 3
    } else if isFramed, area.height >= PickerPlaces.below.least {
      let height = min(PickerPlaces.below.most, area.height / 3)
      preview = Rectangle(
        x: area.x, y: area.y + area.height - height, width: area.width, height: height)
      area.height -= height + 1
    }
    if isFramed {
      headings = area.y
      area.y += 1
      area.height -= 1
    }
    rows = area
    rows.height = max(0, rows.height)
    columns = PickerColumn.table(plan, width: area.width).places(width: area.width)
  }

  static func == (a: PickerPlaces, b: PickerPlaces) -> Bool {
    a.isFramed == b.isFramed && a.headings == b.headings && a.rows == b.rows
      && a.preview == b.preview
  }

  /// The column at a place on the line of titles.
  func column(at x: Int) -> PickerColumn? {
    zip(PickerColumn.allCases, columns).first { _, place in
      place.map { x >= rows.x + $0.x && x < rows.x + $0.x + $0.width } ?? false
    }?.0
  }
}
