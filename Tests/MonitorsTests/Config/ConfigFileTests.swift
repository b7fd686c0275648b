import Glibc
import TestSupport
import Testing

@testable import Monitors

@Suite("Where settings are looked for, and what is read")
struct ConfigFileTests {
  private let files = FakeFiles()

  private func file(
    option: String? = nil, _ variables: [String: String] = ["HOME": "/home/pi"],
    isRoot: Bool = false
  ) -> ConfigFile {
    ConfigFile(files: files, environment: { variables[$0] }, option: option, isRoot: isRoot)
  }

  private func load(
    option: String? = nil, _ variables: [String: String] = ["HOME": "/home/pi"],
    isRoot: Bool = false
  ) throws -> LoadedConfig {
    try file(option: option, variables, isRoot: isRoot).load(machine: .fake(files: files))
  }

  private func failure(
    option: String? = nil, _ variables: [String: String] = [:]
  ) -> ConfigFile.Failure? {
    do throws(ConfigFile.Failure) {
      _ = try file(option: option, variables).load(machine: .fake(files: files))
      return nil
    } catch { return error }
  }

  private static let places = [
    "/given.yaml", "/variable.yaml", "/xdg/perftop/config.yaml",
    "/home/pi/.config/perftop/config.yaml", "/etc/perftop/config.yaml",
  ]

  @Test("the first that is there is used: option, variable, XDG, home, /etc")
  func order() throws {
    for (number, place) in Self.places.enumerated() {
      files.write(place, "interval: \(number + 1)\n")
    }
    let all = [
      "PERFTOP_CONFIG": "/variable.yaml", "XDG_CONFIG_HOME": "/xdg", "HOME": "/home/pi",
    ]
    let without = { (names: [String]) in all.filter { !names.contains($0.key) } }
    #expect(try load(option: "/given.yaml", all).config.interval == 1)
    #expect(try load(all).config.interval == 2)
    #expect(try load(without(["PERFTOP_CONFIG"])).config.interval == 3)
    #expect(try load(without(["PERFTOP_CONFIG", "XDG_CONFIG_HOME"])).config.interval == 4)
    #expect(try load([:]).config.interval == 5)
    #expect(try load([:]).file == "/etc/perftop/config.yaml")
    files.remove("/xdg")
    #expect(try load(without(["PERFTOP_CONFIG"])).file == "/etc/perftop/config.yaml")
  }

  @Test("an empty variable is none, and without any file the defaults hold in silence")
  func none() throws {
    let found = try load(["PERFTOP_CONFIG": "", "XDG_CONFIG_HOME": "", "HOME": "/home/pi"])
    #expect(found.file == nil)
    #expect(found.problems == [])
    #expect(found.config == loaded("", on: .fake(files: files)).config)
  }

  @Test("a file that was named must be there, by option or by variable")
  func missing() {
    let option = failure(option: "no.yaml")
    #expect(option?.what == "no.yaml")
    #expect(option?.why == "No such file or directory")
    let variable = failure(["PERFTOP_CONFIG": "/no.yaml"])
    #expect(variable?.what == "PERFTOP_CONFIG: /no.yaml")
    #expect(variable?.advice.text.contains("unset") == true)
  }

  @Test("a usual file that can't be read is told, and the next one is used")
  func forbidden() throws {
    files.fail("/home/pi/.config/perftop/config.yaml", with: EACCES)
    files.write("/etc/perftop/config.yaml", "interval: 5\n")
    let found = try load()
    #expect(found.config.interval == 5)
    #expect(
      found.problems.map(\.text.text)
        == ["/home/pi/.config/perftop/config.yaml: Permission denied"])
  }

  @Test("the place of the file is told, there or not")
  func path() throws {
    let own = "/home/pi/.config/perftop/config.yaml"
    #expect(try file().location() == .init(path: own, isUsed: false, refused: []))
    files.write("/etc/perftop/config.yaml", "")
    let found = try file().location()
    #expect(found == .init(path: "/etc/perftop/config.yaml", isUsed: true, refused: []))
    #expect(try file([:]).location().path == "/etc/perftop/config.yaml")
  }

  @Test(
    "the place that is told is that of the file that loading takes, whatever is wrong with others")
  func samePlace() throws {
    let own = "/home/pi/.config/perftop/config.yaml"
    files.write("/etc/perftop/config.yaml", "interval: 5\n")
    files.write(own, "interval: 7\n")
    for status in [
      FileStatus(kind: .directory, size: 4096), FileStatus(kind: .other, size: 0),
      FileStatus(kind: .regular, size: 1_000_000),
      FileStatus(kind: .regular, size: 12, owner: 1000),
      FileStatus(kind: .regular, size: 12, mode: 0o666), FileStatus(kind: .regular, size: 12),
    ] {
      files.setStatus(own, status)
      let (loaded, location) = (try load(isRoot: true), try file(isRoot: true).location())
      #expect(location.path == loaded.file && location.isUsed)
      #expect(location.refused == loaded.problems)
    }
  }

  @Test("F1: nothing is looked up below the current directory, whatever the environment says")
  func currentDirectory() throws {
    for evil in [
      "perftop.yaml", "config.yaml", ".perftoprc", "perftop/config.yaml",
      ".config/perftop/config.yaml",
      "./perftop/config.yaml", "x/perftop/config.yaml", "x/.config/perftop/config.yaml",
      "/perftop/config.yaml", "/.config/perftop/config.yaml",
    ] { files.write(evil, "interval: 77\n") }
    for variables in [
      [:], ["HOME": ""], ["HOME": "."], ["HOME": "x"], ["XDG_CONFIG_HOME": "."],
      ["XDG_CONFIG_HOME": "x", "HOME": "x"], ["XDG_CONFIG_HOME": ""],
    ] {
      let found = try load(variables)
      #expect(found.file == nil, "\(variables)")
      #expect(found.config.interval == 1)
    }
    #expect(failure(["PERFTOP_CONFIG": "config.yaml"])?.why == "not an absolute path")
  }

  @Test("F1: without HOME only /etc is asked")
  func withoutHome() throws {
    #expect(try file([:]).places().map(\.path) == ["/etc/perftop/config.yaml"])
  }

  @Test(
    "F2: root does not obey a file that somebody else can change, and says so",
    arguments: [
      (1000, 0, 0o644, "belongs to uid 1000"), (1000, 0, 0o666, "belongs to uid 1000"),
      (0, 0, 0o666, "everyone can write to it"), (0, 1000, 0o666, "everyone can write to it"),
      (0, 1000, 0o664, "gid 1000 can write to it: root does not obey it (chmod g-w"),
      (0, 0, 0o644, ""), (0, 0, 0o600, ""), (0, 0, 0o664, ""), (0, 1000, 0o644, ""),
    ] as [(UInt32, UInt32, UInt32, String)])
  func root(_ owner: UInt32, _ group: UInt32, _ mode: UInt32, _ why: String) throws {
    let place = "/home/pi/.config/perftop/config.yaml"
    files.write(place, "interval: 7\n")
    files.write("/etc/perftop/config.yaml", "interval: 9\n")
    files.setStatus(
      place, FileStatus(kind: .regular, size: 12, mode: mode, owner: owner, group: group))
    let found = try load(isRoot: true)
    #expect(found.problems.isEmpty == why.isEmpty)
    #expect(found.problems.allSatisfy { $0.sentence.text.hasPrefix(why) })
    #expect(found.config.interval == (why.isEmpty ? 7 : 9))
    #expect(try load(isRoot: false).config.interval == 7)
  }

  @Test("F2: a file that is swapped for another's between looking and opening is not obeyed")
  func swapped() throws {
    let place = "/home/pi/.config/perftop/config.yaml"
    files.write(place, "interval: 7\n")
    let swapping = SwappingFiles(files: files)
    let found = try ConfigFile(
      files: swapping, environment: { $0 == "HOME" ? "/home/pi" : nil }, isRoot: true
    ).load(machine: .fake(files: files))
    #expect(found.config.interval == 1)
    #expect(found.problems.count == 1)
  }

  @Test("F4: what is no regular file, or larger than 4 MiB, is not read")
  func kinds() throws {
    let place = "/etc/perftop/config.yaml"
    for (kind, size) in [
      (FileStatus.Kind.other, 0), (.directory, 4096), (.regular, Int64(ConfigFile.largestSize) + 1),
      (.regular, 100_000_000),
    ] as [(FileStatus.Kind, Int64)] {
      files.write(place, "interval: 7\n")
      files.setStatus(place, FileStatus(kind: kind, size: size))
      let found = try load([:])
      #expect(found.config.interval == 1)
      #expect(found.problems.count == 1)
      #expect(files.reads(of: place) == 0)
    }
  }

  @Test("F4: a file that is longer than it says is not read on and on")
  func growing() throws {
    let place = "/etc/perftop/config.yaml"
    files.write(place, String(repeating: "#", count: ConfigFile.largestSize + 1))
    files.setStatus(place, FileStatus(kind: .regular, size: 10))
    let found = try load([:])
    #expect(found.problems.map(\.text.text) == ["\(place): File too large"])
    files.write(place, String(repeating: "#", count: ConfigFile.largestSize))
    #expect(try load([:]).problems == [])
  }
}

/// Files of which one belongs to root when it is looked at by its path, and to another once it is open.
private struct SwappingFiles: FilesBehind {
  let files: FakeFiles

  func status(_ file: KeptFile) throws(SystemError) -> FileStatus {
    FileStatus(kind: .regular, size: 12, mode: 0o644, owner: 1000)
  }
}
