import Monitors

/// Searching: among the lines of what scrolls, or among alerts where they are only listed.
extension ViewController {
  private static let longest = 100

  mutating func startTyping() {
    view.searchStart = SearchStart(scroll: view.scroll, selectedAlert: view.selectedAlert)
    view.isTyping = true
    view.search = ""
  }

  mutating func paste(_ text: String, seeing snapshots: [Snapshot], on page: Page) {
    if view.overlay == .palette {
      typeInPalette(Printable(text).text)
    } else if view.isTyping, view.overlay == .picker {
      addToFilter(text)
    } else if view.isTyping {
      change(to: (view.search ?? "") + Printable(text).text, seeing: snapshots, on: page)
    } else {
      view.message = "pasted text is not taken for keys"
    }
  }

  mutating func type(_ key: Key, seeing snapshots: [Snapshot], on page: Page) {
    let text = view.search ?? ""
    switch key {
    case .character(let character):
      change(to: text + String(character), seeing: snapshots, on: page)
    case .backspace where text.isEmpty: giveUp()
    case .backspace: change(to: String(text.dropLast()), seeing: snapshots, on: page)
    case .control("u"): change(to: "", seeing: snapshots, on: page)
    case .control("w"): change(to: text.withoutLastWord, seeing: snapshots, on: page)
    case .escape: giveUp()
    case .enter:
      view.isTyping = false
      if text.isEmpty { return giveUp() }
      // Typing has gone to the first match already; what is said of it is said again.
      change(to: text, seeing: snapshots, on: page)
    default: return
    }
  }

  /// Goes back to where the search began.
  private mutating func giveUp() {
    view.isTyping = false
    view.search = nil
    view.scroll = view.searchStart.scroll
    view.selectedAlert = view.searchStart.selectedAlert
  }

  /// Finds while it is typed, from where the search began.
  private mutating func change(to text: String, seeing snapshots: [Snapshot], on page: Page) {
    view.search = String(text.prefix(ViewController.longest))
    view.scroll = view.searchStart.scroll
    view.selectedAlert = view.searchStart.selectedAlert
    guard !text.isEmpty else { return }
    find(from: place(seeing: snapshots) ?? 0, isForward: true, seeing: snapshots, on: page)
  }

  /// Goes to the next match, or to the one before.
  mutating func findNext(isForward: Bool, seeing snapshots: [Snapshot], on page: Page) {
    let place = place(seeing: snapshots)
    let start = isForward ? (place ?? -1) + 1 : (place ?? 0) - 1
    find(from: start, isForward: isForward, seeing: snapshots, on: page)
  }

  /// Whether alerts are searched and not lines.
  private var isAmongAlerts: Bool { view.overlay == .none && !view.isZoomed }

  private func alerts(_ snapshots: [Snapshot]) -> [Alert] {
    scene(snapshots).snapshot?.alerts.active ?? []
  }

  /// Where the search stands; `nil` where no alert is selected.
  private func place(seeing snapshots: [Snapshot]) -> Int? {
    guard isAmongAlerts else { return view.scroll }
    return alerts(snapshots).firstIndex { $0.id == view.selectedAlert }
  }

  private func texts(seeing snapshots: [Snapshot], on page: Page) -> [String] {
    guard isAmongAlerts else { return page.lines() }
    return alerts(snapshots).map { "\($0.severity.label) \($0.stateWord) \($0.message)" }
  }

  /// Goes to the nearest line that has the text, round the end if need be, and says so.
  private mutating func find(
    from start: Int, isForward: Bool, seeing snapshots: [Snapshot], on page: Page
  ) {
    guard let wanted = view.search?.lowercased(), !wanted.isEmpty else { return }
    let texts = texts(seeing: snapshots, on: page)
    let found = texts.indices.filter { texts[$0].lowercased().contains(wanted) }
    let next = isForward ? found.first { $0 >= start } : found.last { $0 <= start }
    let name = Printable(view.search ?? "")
    guard let place = next ?? (isForward ? found.first : found.last) else {
      view.message = "\(name): not found"
      return
    }
    go(to: place, seeing: snapshots)
    let number = (found.firstIndex(of: place) ?? 0) + 1
    let round: Printable =
      next != nil ? "" : isForward ? ", from the top again" : ", from the end again"
    view.message = "\(name): \(number) of \(found.count)\(round)"
  }

  private mutating func go(to place: Int, seeing snapshots: [Snapshot]) {
    guard isAmongAlerts else {
      view.scroll = place
      return
    }
    let alerts = alerts(snapshots)
    if alerts.indices.contains(place) { view.selectedAlert = alerts[place].id }
  }
}

extension String {
  /// What Ctrl-W leaves of a line, as in a shell.
  var withoutLastWord: String {
    let trimmed = reversed().drop { $0 == " " }.drop { $0 != " " }
    return String(trimmed.reversed())
  }
}
