import Monitors

extension Screen {
  /// What scrolls on the screen, a zoomed pane's details or help: all its lines, and how many of them there is room for.
  func scrolled(_ scene: Scene, size: Size, help: [HelpRow]) -> (lines: [String], room: Int) {
    let layout = Layout(size: size, focus: scene.view.focus, isZoomed: scene.view.isZoomed)
    let inner = layout.body.inside
    if scene.view.overlay == .help {
      let isFramed = !layout.panes.isEmpty
      let width = isFramed ? layout.body.width : layout.body.width + 2
      let lines = HelpPane.texts(help, width: width, glyphs: glyphs)
      return (lines, isFramed ? inner.height : layout.body.height)
    }
    guard let snapshot = scene.snapshot else { return ([], 0) }
    if case .sheet(let sheet) = scene.view.overlay {
      let content = SheetPane(sheet, snapshot, scene.view, scene.keymap).content
      let room = layout.panes.isEmpty ? layout.body.height : content.detailRoom(in: inner)
      return (content.detailTexts, room)
    }
    guard !layout.panes.isEmpty, scene.view.isZoomed else { return ([], 0) }
    let content = PaneCatalogue.pane(
      scene.view.focus, snapshot, scene.view, scene.keymap
    ).judged
    return (content.detailTexts, content.detailRoom(in: inner))
  }

  /// The lines of the list of processes that there is room for.
  func pickerRoom(_ scene: Scene, size: Size) -> Int {
    let layout = Layout(size: size, focus: scene.view.focus, isZoomed: false)
    return PickerPane(state: scene.view.picker).room(in: layout.body.size)
  }

  /// What lies at a place in the list of processes.
  func picked(_ scene: Scene, size: Size, x: Int, y: Int) -> Page.Picked? {
    let layout = Layout(size: size, focus: scene.view.focus, isZoomed: false)
    let pane = PickerPane(state: scene.view.picker)
    return pane.spot(x: x - layout.body.x, y: y - layout.body.y, in: layout.body.size)
  }

  /// The pane at a place on the screen, and the alert whose row it is.
  func spot(_ scene: Scene, size: Size, x: Int, y: Int) -> (pane: Word, alert: String?)? {
    let layout = Layout(size: size, focus: scene.view.focus, isZoomed: scene.view.isZoomed)
    let hit = layout.panes.first { $0.rectangle.contains(x, y) }
    guard let place = hit else { return nil }
    guard place.word == .alerts, !scene.view.overlay.isText, let snapshot = scene.snapshot else {
      return (place.word, nil)
    }
    let context = PaneCatalogue.context(.alerts, snapshot, scene.view, scene.keymap)
    let pane = AlertsPane(reading: snapshot.alerts, context: context)
    let area = place.rectangle
    return (.alerts, pane.alert(at: y - area.y, in: area.size, glyphs: glyphs))
  }

  /// The key that stands in the footer at a place on the screen.
  func key(_ scene: Scene, size: Size, keys: [FooterKey], x: Int, y: Int) -> Key? {
    let layout = Layout(size: size, focus: scene.view.focus, isZoomed: scene.view.isZoomed)
    guard let area = layout.footer, area.contains(x, y) else { return nil }
    let canvas = Canvas(size: area.size, glyphs: glyphs)
    return footer(scene, keys).key(x: x - area.x, y: y - area.y, in: canvas)
  }

  /// Which of the palette's rows stands at a place on the screen.
  func row(_ scene: Scene, size: Size, x: Int, y: Int) -> Int? {
    guard scene.view.overlay == .palette, let pane = PalettePane(scene) else { return nil }
    let layout = Layout(size: size, focus: scene.view.focus, isZoomed: scene.view.isZoomed)
    let area = PalettePane.place(in: layout.body)
    return pane.row(x: x - area.x, y: y - area.y, in: area.size)
  }
}
