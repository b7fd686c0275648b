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

  /// Where the texts lie in it; what comes before are numbers.
  private static let texts: Range<Int> = {
    func number(_ place: Int) -> Int { Int(common[place]) | Int(common[place + 1]) << 8 }
    guard common.count > 12 else { return 0..<0 }
    let width = number(0) == 0o432 ? 2 : 4
    let flags = 12 + number(2) + number(4)
    let begin = flags + flags % 2 + number(6) * width + number(8) * 2
    return begin..<min(common.count, begin + number(10))
  }()

  @Test(
    "A12: a description with many bytes changed ends in a screen or a sentence, and no crash",
    .enabled(if: !common.isEmpty, "no description to change"))
  func mutated() throws {
    let target = try sleeper()
    let home = try TemporaryDirectory()
    var random = Scrambled(state: 20_260_911)
    for round in 0..<(Self.isLong ? 500 : 10) {
      var bytes = Self.common
      let isAnywhere = round % 2 == 0
      let places = isAnywhere ? bytes.indices : Self.texts
      for place in (0..<(isAnywhere ? 200 : 20)).map({ _ in
        places.randomElement(using: &random) ?? 0
      }) {
        let new = UInt8.random(in: 0...255, using: &random)
        // Else the texts are still as many, and ncurses is given them.
        if isAnywhere || bytes[place] != 0 { bytes[place] = isAnywhere ? new : max(1, new) }
      }
      try install(bytes, in: home.path)
      try survives(["HOME": home.path], target.pid, "round \(round)")
    }
  }

  private func survives(_ variables: [String: String], _ pid: Int32, _ round: Comment) throws {
    let session = try Session(["perftop", "-p", "\(pid)"], environment: variables)
    session.watch(for: 0.1)
    session.press("q")
    let ending = session.ends(within: 5)
    #expect(ending != nil && ending?.signal == nil, round)
    #expect(
      ending?.code == 0 || String(decoding: session.output, as: UTF8.self).contains("terminal: "),
      round)
    #expect(session.modes == session.modesBefore, round)
  }
}

/// The same bytes each time.
private struct Scrambled: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    var mixed = state ^ state >> 33
    mixed = mixed &* 0xFF51_AFD7_ED55_8CCD
    return mixed ^ mixed >> 33
  }
}
