import Monitors
import Testing

@testable import perftop

@Suite("Palette entries")
struct PaletteEntryTests {
  private func scene(
    _ text: String, _ snapshots: [Snapshot] = [Scenes.snapshot()],
    under: ViewState.Overlay = .none, themes: [String] = ["nord", "gruvbox"]
  ) -> Scene {
    var view = ViewState()
    view.isPicking = under == .picker
    view.overlay = .palette
    view.palette = PaletteState(text: text, under: under, themes: themes)
    return Scene(snapshots: snapshots, view: view)
  }

  private func names(_ text: String, _ snapshots: [Snapshot] = [Scenes.snapshot()]) -> [String] {
    PaletteEntry.all(in: scene(text, snapshots)).map(\.name.text)
  }

  @Test("every action is there, with its summary, its keys and its reason")
  func complete() throws {
    let entries = PaletteEntry.all(in: scene(""))
    for action in Action.allCases {
      let entry = try #require(entries.first { $0.request == .action(action) })
      #expect(entry.name.text == action.name)
      #expect(entry.summary == action.summary)
      let keys = action.defaultKeys.map(\.name.text)
      #expect(keys.allSatisfy { entry.keys.text.split(separator: " ").contains(Substring($0)) })
      #expect(
        entry.reason == action.reason(in: Scene(snapshots: [Scenes.snapshot()], view: ViewState())))
    }
  }

  @Test("what can be done stands before what can't")
  func ableFirst() {
    let reasons = PaletteEntry.all(in: scene("")).map { $0.reason == nil }
    #expect(reasons.firstIndex(of: false) == reasons.count { $0 })
  }

  @Test(
    "a few letters find an action",
    arguments: [
      ("q", "quit"), ("zoom", "zoom"), ("nth", "next-theme"), ("fr", "freeze"),
      ("page down", "page-down"), ("garbage", "collect"), (":help", "help"),
      ("AckAll", "acknowledge-all"),
      ("5", ""), ("qqq", ""),
    ])
  func finding(_ text: String, _ name: String) {
    #expect(names(text).first ?? "" == name)
  }

  @Test("a verb takes a word: from a list, or as it is typed")
  func orders() {
    #expect(names("theme ") == ["theme nord", "theme gruvbox"])
    #expect(names("theme gr") == ["theme gruvbox"])
    #expect(names("interval ").contains("interval 500ms"))
    #expect(names("interval 3s").first == "interval 3s")
    let three = Array(repeating: Scenes.snapshot(), count: 3)
    #expect(names("target ", three) == ["target 1", "target 2", "target 3"])
    let typed = PaletteEntry.all(in: scene("interval 250ms")).first
    #expect(typed?.request == .order(.interval(0.25)))
    #expect(typed?.reason == nil)
  }

  @Test(
    "a word that makes no sense says why",
    arguments: [
      ("interval often", "not a time; write 500ms, 2s or 30m"),
      ("interval 1ms", "only 10ms to a day"), ("shelve 9h", "only 1s to 8h"),
      ("target 7", "there are targets 1 to 1"), ("target -1", "there are targets 1 to 1"),
      ("theme z", "there is no such theme; without a name all are listed"),
      ("theme grovbux", "there is no such theme; did you mean gruvbox?"),
      ("interval -1", "not a time; write 500ms, 2s or 30m"),
      ("interval 99999999999999999999h", "only 10ms to a day"),
    ])
  func nonsense(_ text: String, _ reason: String) {
    #expect(PaletteEntry.all(in: scene(text)).first?.reason?.text == reason)
  }

  @Test("where the list of processes lies below, its keys can act and those of panes can't")
  func overPicker() {
    let entries = PaletteEntry.all(in: scene("", under: .picker))
    #expect(entries.first { $0.request == .action(.zoom) }?.reason != nil)
    #expect(entries.first { $0.request == .action(.quit) }?.reason == nil)
  }
}
