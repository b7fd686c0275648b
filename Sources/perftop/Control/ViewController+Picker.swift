import Monitors

/// The list of processes: opening it, moving in it, choosing from it.
extension ViewController {
  /// Opens it on the process that is watched; the engine goes on with that meanwhile.
  mutating func openPicker(seeing snapshots: [Snapshot]) -> [Effect] {
    let watched = Scene(snapshots: snapshots, view: view).snapshot?.sample.target.value?.pid
    view.frozen = nil
    view.search = nil
    view.picker = view.picker.closed(seeking: watched)
    view.isPicking = true
    return [.command(.browse(true))]
  }

  private mutating func closePicker() -> [Effect] {
    view.isPicking = false
    view.isTyping = false
    view.picker = view.picker.closed(seeking: nil)
    return [.command(.browse(false))]
  }

  /// Does what an action means in the list; `nil` where it means there what it means everywhere.
  mutating func browse(_ action: Action, seeing snapshots: [Snapshot], on page: Page) -> [Effect]? {
    let room = page.pickerRoom()
    if let sort = action.sorted {
      arrange(by: sort)
      return []
    }
    switch action {
    case .down: view.picker.move(by: 1, room: room)
    case .up: view.picker.move(by: -1, room: room)
    case .pageDown: view.picker.move(by: max(1, room - 1), room: room)
    case .pageUp: view.picker.move(by: -max(1, room - 1), room: room)
    case .first: view.picker.moveToFirst()
    case .last: view.picker.move(by: Int.max, room: room)
    case .choose: return choose(seeing: snapshots)
    case .markRow: mark(room: room)
    case .sort: arrange(by: view.picker.plan.sort.next)
    case .reverseSort: view.picker.reverse()
    case .tree: view.picker.toggleTree()
    case .fold: view.picker.fold()
    case .unfold: view.picker.unfold()
    case .search: view.isTyping = true
    case .back: return back(seeing: snapshots)
    default: return nil
    }
    return []
  }

  private mutating func arrange(by sort: RosterSort) {
    view.picker.sort(by: sort)
    view.message = "sorted by \(Printable(sort.words))"
  }

  /// First the filter goes, then the list.
  private mutating func back(seeing snapshots: [Snapshot]) -> [Effect] {
    guard view.picker.plan.filter.text.isEmpty else {
      view.picker.filter("")
      return []
    }
    return closePicker()
  }
}

/// Choosing.
extension ViewController {
  private mutating func choose(seeing snapshots: [Snapshot]) -> [Effect] {
    guard let row = view.picker.currentRow else { return [] }
    let marked = view.picker.marked
    if marked.isEmpty, let reason = reason(against: row) {
      view.message = reason
      return []
    }
    if marked.isEmpty, view.picker.hasJustChanged {
      view.picker.accept()
      let title = PickerState.title(row.facts.name, row.identity)
      view.message =
        "\(title) has only just come here; \(keymap.name(of: .choose)) again watches it"
      return []
    }
    let keys = marked.isEmpty ? [row.identity] : marked
    let name: Printable =
      marked.count > 1
      ? "\(String(marked.count)) processes" : PickerState.title(name(of: keys[0]), keys[0])
    let last = snapshots.flatMap(\.receipts).map(\.at).max()
    view.asked = AskedTargets(keys: keys, after: last)
    view.message = "asking for \(name)"
    return [.command(.watch(keys))]
  }

  /// The list closes when what was chosen from it is watched; where it can't be, another can be chosen.
  mutating func takeAnswer(_ snapshots: [Snapshot]) -> [Effect] {
    guard let asked = view.asked else { return [] }
    let answer = snapshots.flatMap(\.receipts).last { receipt in
      receipt.command == .watch(asked.keys) && asked.after.map { receipt.at > $0 } ?? true
    }
    guard let answer else { return [] }
    view.asked = nil
    if answer.isRefusal {
      view.message = answer.outcome
      return []
    }
    view.chosen = asked.keys
    view.target = 0
    view.selectedAlert = nil
    return view.isPicking ? closePicker() : []
  }

  private func name(of key: ProcessKey) -> Printable {
    view.picker.list.index(of: key).map { view.picker.list.rows[$0].facts.name } ?? ""
  }

  /// Why a process can't be watched; `nil` where it can.
  private func reason(against row: RosterRow) -> Printable? {
    let title = PickerState.title(row.facts.name, row.identity)
    if view.picker.list.index(of: row.identity) == nil { return "\(title) has ended" }
    if row.state == "Z" { return "\(title) has ended; its parent has not taken notice yet" }
    return row.facts.refusal.map { "\(title) can't be attached: \($0)" }
  }

  /// What can't be watched is not marked for it.
  private mutating func mark(room: Int) {
    guard let row = view.picker.currentRow else { return }
    if let reason = reason(against: row), !view.picker.marked.contains(row.identity) {
      view.message = reason
      return
    }
    view.picker.toggleMark()
    view.picker.move(by: 1, room: room)
  }
}

/// Mouse and typing.
extension ViewController {
  private static let wheel = 3

  /// A press selects, a second one on the same row chooses; one on a title sorts by it.
  mutating func pick(with mouse: Key.Mouse, seeing snapshots: [Snapshot], on page: Page)
    -> [Effect]
  {
    let room = page.pickerRoom()
    switch mouse.kind {
    case .scrollUp: view.picker.scroll(by: -ViewController.wheel, room: room)
    case .scrollDown: view.picker.scroll(by: ViewController.wheel, room: room)
    case .press:
      switch page.picked(mouse.x, mouse.y) {
      case .line(let line):
        if line == view.picker.place, view.picker.cursor != nil {
          return choose(seeing: snapshots)
        }
        view.picker.hold(room: room)
        view.picker.put(line)
      case .title(let sort):
        if sort == view.picker.plan.sort { view.picker.reverse() } else { arrange(by: sort) }
      case nil: break
      }
    }
    return []
  }

  /// The filter as it is typed, with what it lets through on the screen at once; arrows still move.
  mutating func typeFilter(_ key: Key, on page: Page) {
    let text = view.picker.plan.filter.text
    switch key {
    case .character(let character): addToFilter(String(character))
    case .backspace:
      if text.isEmpty { view.isTyping = false } else { view.picker.filter(String(text.dropLast())) }
    case .control("u"): view.picker.filter("")
    case .escape:
      view.isTyping = false
      view.picker.filter("")
    case .enter: view.isTyping = view.picker.plan.filter.problem != nil
    case .up: view.picker.move(by: -1, room: page.pickerRoom())
    case .down: view.picker.move(by: 1, room: page.pickerRoom())
    case .pageUp: view.picker.move(by: -page.pickerRoom(), room: page.pickerRoom())
    case .pageDown: view.picker.move(by: page.pickerRoom(), room: page.pickerRoom())
    default: return
    }
  }

  mutating func addToFilter(_ text: String) {
    view.picker.filter(view.picker.plan.filter.text + Printable(text).text)
  }
}

extension PickerState {
  /// `camera_node 4242`
  static func title(_ name: Printable, _ key: ProcessKey) -> Printable {
    "\(name) \(String(key.pid))"
  }
}
