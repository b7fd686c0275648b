import Glibc
import Monitors
import TestSupport
import Testing

@Suite("Descriptions of terminals that somebody else wrote")
struct TerminalDescriptionTests {
  private static let isLong = getenv("PERFTOP_LONG") != nil

  /// The machine's own description of a common terminal.
  private static let common: [UInt8] = {
    let places = ["/lib/terminfo", "/usr/share/terminfo", "/etc/terminfo", "/usr/lib/terminfo"]
    for place in places {
      var bytes = [UInt8](repeating: 0, count: 65536)
      let path = "\(place)/x/xterm-256color"
      let count = bytes.withUnsafeMutableBytes { try? LiveFiles().read(path, in: nil, into: $0) }
      if let count, count > 0 { return Array(bytes[..<count]) }
    }
    return []
  }()

  private func install(_ bytes: [UInt8], in home: String) throws {
    for folder in ["\(home)/.terminfo", "\(home)/.terminfo/x"] { mkdir(folder, 0o755) }
    let file = try #require(fopen("\(home)/.terminfo/x/xterm-256color", "w"))
    fwrite(bytes, 1, bytes.count, file)
    fclose(file)
  }

  /// The same terminal, recognisable by another mode for its second screen.
  private static let marked: [UInt8] = {
    let (mode, other) = (Array("?1049".utf8), Array("?1047".utf8))
    var bytes = common
    var place = 0
    while place + mode.count <= bytes.count {
      if bytes[place...].starts(with: mode) {
        bytes.replaceSubrange(place..<(place + mode.count), with: other)
      }
      place += 1
    }
    return bytes
  }()

  private func usesMarked(_ home: String, _ variables: [String: String] = [:]) throws -> Bool {
    let target = try sleeper()
    let session = try Session(
      ["perftop", "-p", "\(target.pid)"],
      environment: ["HOME": home].merging(variables) { $1 })
    try #require(session.sees("Memory"))
    let isMarked = session.screen.modes.contains(1047)
    session.press("q")
    #expect(session.ends(within: 2)?.code == 0)
    return isMarked
  }

  @Test(
    "A12: root reads no description that belongs to somebody else, wherever a variable says it lies",
    .enabled(if: geteuid() == 0 && !common.isEmpty, "not root, or no description to change"))
  func foreign() throws {
    let somebody: uid_t = 65534
    let home = try TemporaryDirectory()
    try install(Self.marked, in: home.path)
    #expect(try usesMarked(home.path), "its own it does read")
    chown("\(home.path)/.terminfo", somebody, somebody)
    #expect(try !usesMarked(home.path))
    let variables = [
      ["TERMINFO": "\(home.path)/.terminfo"], ["TERMINFO_DIRS": "\(home.path)/.terminfo"],
      ["TERMCAP": "\(home.path)/termcap"],
    ]
    for variables in variables { #expect(try !usesMarked(home.path, variables)) }
    chown("\(home.path)/.terminfo", 0, 0)
    chown(home.path, somebody, somebody)
    #expect(try !usesMarked(home.path), "in a home of somebody else")
    chown(home.path, 0, 0)
  }

  @Test(
    "A12: a description with two hundred bytes changed ends in a screen or a sentence, and no crash",
    .enabled(if: !common.isEmpty, "no description to change"))
  func mutated() throws {
    let target = try sleeper()
    let home = try TemporaryDirectory()
    var state: UInt64 = 20_260_911
    func random(_ limit: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % limit
    }
    for round in 0..<(Self.isLong ? 500 : 6) {
      var bytes = Self.common
      for _ in 0..<200 { bytes[random(bytes.count)] = UInt8(random(256)) }
      try install(bytes, in: home.path)
      let session = try Session(
        ["perftop", "-p", "\(target.pid)"], environment: ["HOME": home.path])
      session.watch(for: 0.1)
      session.press("q")
      let ending = session.ends(within: 5)
      #expect(ending != nil && ending?.signal == nil, "round \(round)")
      #expect(session.modes == session.modesBefore, "round \(round)")
    }
  }
}
