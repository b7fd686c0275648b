import Glibc
import Monitors
import TestSupport
import Testing

@testable import perftop

@MainActor
@Suite("Settings that are read again")
struct LiveSettingsTests {
  private let files = FakeFiles(["/themes/nord.theme": "theme[main_bg]=\"#101010\"\n"])
  private let time = FakeTime()
  private let place = "/etc/perftop/config.yaml"

  private func live(
    _ text: String?, _ options: Invocation.Options = Invocation.Options()
  ) throws -> LiveSettings {
    if let text { files.write(place, text) }
    let host = Host.fake(files: files, time: time)
    let file = ConfigFile(files: files, environment: { _ in nil }, isRoot: false)
    return LiveSettings(
      try file.load(machine: host), from: file, machine: host, options: options,
      themes: ThemeCatalogue(host: host, themesDirectory: "/themes", executable: nil))
  }

  private func change(_ outcome: Reloaded) -> Reloaded.Change? {
    if case .changed(let change) = outcome { change } else { nil }
  }

  private func reason(_ outcome: Reloaded) -> Printable? {
    if case .kept(let reason) = outcome { reason } else { nil }
  }

  @Test("what is new in the file comes with it, what is not stays")
  func changes() throws {
    let live = try live("interval: 2\n")
    files.write(place, "interval: 2\nmemory:\n  max_gb: 3\n")
    let first = try #require(change(live.reload()))
    #expect(first.config.memory.maximum == Bytes(3_000_000_000))
    #expect(first.config.joined == first.config)
    #expect(first.interval == nil && first.theme == nil)
    #expect(first.message == "config.yaml read again, 2 settings")
    files.write(place, "interval: 4\ntheme: nord\nkeys:\n  freeze: x\n")
    let second = try #require(change(live.reload()))
    #expect(second.interval == 4)
    #expect(second.theme?.name == "nord")
    #expect(second.keymap.keys(for: .freeze) == [.character("x")])
    files.write(place, "theme: auto\n")
    #expect(change(live.reload())?.theme != nil)
  }

  @Test("the interval and the theme of the command line stay")
  func options() throws {
    var options = Invocation.Options()
    options.delay = 7
    options.theme = "nord"
    let live = try live("interval: 2\n", options)
    files.write(place, "interval: 4\ntheme: perftop-dark\n")
    let found = try #require(change(live.reload()))
    #expect(found.interval == nil && found.theme == nil)
    #expect(found.config.interval == 7)
  }

  @Test(
    "F7: a mistake anywhere changes nothing, and says which line it is",
    arguments: [
      ("interval: 4\nmemory:\n  max_gb: x\n", "config.yaml:3: memory.max_gb: expected a number"),
      ("interval: [\n", "config.yaml:2:1: "),
      ("interval: 4\ntheme: no\n", "config.yaml:2: theme: "),
      ("interval: 4\nkeys:\n  zom: x\n", "config.yaml:3: keys.zom: "),
    ])
  func mistakes(_ text: String, _ sentence: String) throws {
    let live = try live("interval: 2\n")
    files.write(place, text)
    let said = try #require(reason(live.reload())).text
    #expect(said.hasPrefix(sentence), "\(said)")
    #expect(said.hasSuffix(": the settings stay as they were"))
    #expect(live.current.config.interval == 2)
    #expect(live.warning == nil)
    #expect(live.helpRows.first == .heading("Settings that are not obeyed"))
    files.write(place, "interval: 2\n")
    _ = live.reload()
    #expect(live.helpRows == [])
  }

  @Test("F7: a file that is gone for a moment leaves the settings as they were")
  func gone() throws {
    let live = try live("interval: 2\n")
    files.remove(place)
    #expect(reason(live.reload()) == "config.yaml is gone: the settings stay as they were")
    #expect(live.current.config.interval == 2)
    files.write(place, "interval: 3\n")
    #expect(change(live.reload())?.interval == 3)
  }

  @Test(
    "F7: a file that was touched just now is given another moment; one that always is is not taken")
  func writing() throws {
    let live = try live("interval: 2\n")
    files.write(place, "interval: 3\n")
    let age = { (nanoseconds: Int64) in
      FileStatus(
        kind: .regular, size: 12, inode: 5, modified: time.now().wall - nanoseconds)
    }
    files.setStatus(place, age(1_000_000))
    #expect(change(live.reload())?.interval == 3)
    let far: Int64 = -1_000_000_000_000
    files.setStatus(place, age(far))
    #expect(change(live.reload()) != nil)
  }

  @Test("F7: a file that is empty is one whose writer has only begun")
  func empty() throws {
    let live = try live("interval: 2\n")
    files.write(place, "")
    #expect(
      reason(live.reload()) == "config.yaml is being written: the settings stay as they were")
    #expect(live.current.config.interval == 2)
    files.write(place, "# all defaults\n")
    #expect(change(live.reload())?.interval == 1)
  }

  @Test("where there was none, one that is there now is obeyed")
  func fromNone() throws {
    let live = try live(nil)
    #expect(change(live.reload())?.message == "no config file: the defaults hold")
    files.write(place, "interval: 3\n")
    #expect(change(live.reload())?.interval == 3)
  }

  @Test("at the start the first mistake is told, and help has all of them in full")
  func warning() throws {
    let live = try live("memory:\n  warning_treshold: 1\n  max_gb: -1\ntheme: nowhere\n")
    #expect(
      live.warning?.text.hasPrefix(
        "config.yaml:2: memory.warning_treshold: unknown key (did you mean warning_threshold?)")
        == true)
    #expect(live.warning?.text.hasSuffix(", and 2 more: see help") == true)
    let help = live.helpRows
    #expect(help.count { $0.kind == .note } == 3)
    let all = help.map(\.summary.text).joined(separator: " ")
    #expect(all.contains("memory.max_gb: -1 is out of range (0.001 to 1000000)"))
    #expect(all.contains("no theme named nowhere"))
    #expect(try LiveSettingsTests().live("").warning == nil)
  }

  @Test("what is wrong with a theme's file is told too, and does not keep settings from being read")
  func themeWarnings() throws {
    files.write(
      "/themes/odd.theme", "theme[main_bg]=\"#101010\"\ntheme[main_fg]=\"#mauve\"\n")
    let sentence =
      "config.yaml:1: theme: odd: line 2: main_fg: #mauve is no colour"
    let live = try live("theme: odd\ninterval: 2\n")
    #expect(live.warning?.text == sentence)
    #expect(live.helpRows.map(\.summary.text).contains(sentence))
    files.write(place, "theme: odd\ninterval: 3\n")
    let found = try #require(change(live.reload()))
    #expect(found.interval == 3)
    #expect(found.message.text == "config.yaml read again, 2 settings; \(sentence)")
    files.write(place, "theme: nord\n")
    #expect(change(live.reload())?.message == "config.yaml read again, 1 setting")
    #expect(live.helpRows == [])
  }

  @Test("ten thousand mistakes are a warning and no more help than fits a person")
  func many() throws {
    let text = (0..<10_000).map { "key\($0): 1\n" }.joined()
    let live = try live(text)
    #expect(live.warning?.text.hasSuffix("and 9999 more: see help") == true)
    #expect(live.helpRows.count < 500)
  }
}
