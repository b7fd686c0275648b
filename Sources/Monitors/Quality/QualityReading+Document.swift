extension QualityReading {
  /// Writes every fact into the document.
  public func describe(into document: inout Document) {
    document.set("level", level, else: .because("the target is not linked")) { .text($0.name) }
    document.set("mode", .text(mode.rawValue))
    document.set("suggested", suggested, else: .notYet) { .text($0.name) }
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
    describeSettings(into: &document)
    document.set("status", .text(severity.rawValue))
  }

  private func describeSettings(into document: inout Document) {
    guard let settings else { return document.set("settings", missing: .notYet) }
    document.nest("settings") { inner in
      inner.set("resolution_scale", .measure(settings.resolutionScale))
      inner.set("compression_quality", .measure(settings.compressionQuality))
      inner.set("frame_skip", .count(settings.frameSkip))
    }
  }
}
