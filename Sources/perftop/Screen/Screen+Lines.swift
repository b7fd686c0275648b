import Monitors

extension Screen {
  /// What can be searched: the lines of the zoomed pane's details, or of help, in the order in which they scroll.
  func lines(_ scene: Scene, help: [HelpRow]) -> [String] {
    if scene.view.overlay == .help { return help.map { "\($0.key) \($0.summary)" } }
    guard scene.view.isZoomed, let snapshot = scene.snapshot else { return [] }
    let content = PaneCatalogue.pane(scene.view.focus, snapshot, scene.view).content
    return Array(content.sections.map(Screen.lines).joined(separator: [""]))
  }

  private static func lines(_ section: PaneContent.Section) -> [String] {
    let headings = section.table.columns.map(\.title.text).joined(separator: " ")
    let rows = section.table.rows.map { row in
      row.cells.map(\.text.text).joined(separator: " ")
    }
    return [section.title.text] + (section.hasHeadings ? [headings] : []) + rows
  }
}
