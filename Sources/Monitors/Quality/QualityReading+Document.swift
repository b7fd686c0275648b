extension QualityReading {
  /// Writes every fact into the document.
  public func describe(into document: inout Document) {
    let unlinked = linkTrouble ?? "the target is not linked"
    let unknownLevel = Absence.because(
      isLinked ? "the target has no levels of quality" : unlinked)
    document.set("level", level, else: unknownLevel) { .text($0.name) }
    document.set("mode", .text(mode.rawValue))
    document.set("suggested", suggested, else: .notYet) { .text($0.name) }
    let content: Absence = .because("the target runs at the level that pressure calls for")
    document.set(
      "wanted", wanted, else: level == nil ? unknownLevel : content
    ) {
      .text($0.name)
    }
    document.set("reason", .printable(reason))
    document.nest("pressure") { inner in
      inner.set("value", pressure, else: .notYet) { .measure($0) }
      inner.nest("terms") { list in
        for term in terms {
          let name = String(term.name.text.map { $0 == " " ? "_" : $0 })
          list.set(name, term.value) { .measure($0) }
        }
      }
    }
    document.set("settings", settings, else: .notYet) { $0.json }
    document.set("components", .list(components.map(\.json)))
    document.set("changes", .list(changes.map(\.json)))
    document.set("status", .text(severity.rawValue))
  }
}

extension ComponentQuality {
  fileprivate var json: JSONValue {
    var fields: [JSONValue.Field] = [
      .init("name", .printable(name)), .init("priority", .count(priority)),
      .init("level", .text(level.name)), .init("settings", settings.json),
    ]
    if let framesPerSecond { fields.append(.init("fps", .measure(framesPerSecond))) }
    if let efficiency { fields.append(.init("efficiency", .measure(efficiency.value))) }
    return .object(fields)
  }
}

extension QualityChange {
  fileprivate var json: JSONValue {
    .object([
      .init("time", .text(Units.timestamp(wall: at.wall))), .init("from", .text(from.name)),
      .init("to", .text(to.name)), .init("effect", .printable(words)),
    ])
  }
}
