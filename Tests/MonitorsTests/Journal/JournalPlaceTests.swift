import Glibc
import TestSupport
import Testing

@testable import Monitors

@Suite("Where the journal of alerts lies") struct JournalPlaceTests {
  private func usual(_ variables: [String: String], shared: String) -> JournalPlace? {
    JournalPlace.usual({ variables[$0] }, shared: shared)
  }

  @Test("what all share comes first, where it is set up")
  func shared() throws {
    let folder = try TemporaryDirectory()
    let place = try #require(usual(["HOME": "/home/pi"], shared: folder.path))
    #expect(place.isShared)
    #expect(place.path == folder.path)
    #expect(place.standing == .shared(path: Printable("\(folder.path)/alerts.db")))
  }

  @Test("what anybody may write to is not taken for what all share")
  func unsafe() throws {
    let (folder, home) = (try TemporaryDirectory(), try TemporaryDirectory())
    chmod(folder.path, 0o1777)
    let place = try #require(usual(["XDG_STATE_HOME": home.path], shared: folder.path))
    #expect(!place.isShared)
  }

  @Test("the state directory comes next, and the standing says whose it is")
  func state() throws {
    let place = try #require(
      usual(["XDG_STATE_HOME": "/nowhere/state", "HOME": "/nowhere"], shared: "/dev/null/none"))
    #expect(place.path == "/nowhere/state/perftop")
    #expect(!place.owner.isEmpty)
    let home = try #require(usual(["HOME": "/nowhere"], shared: "/dev/null/none"))
    #expect(home.path == "/nowhere/.local/state/perftop")
    let relative = try #require(usual(["XDG_STATE_HOME": "state"], shared: "/dev/null/none"))
    #expect(relative.path.hasPrefix("/"))
    let empty = try #require(
      usual(["XDG_STATE_HOME": "", "HOME": ""], shared: "/dev/null/none"))
    #expect(empty.path.hasSuffix("/.local/state/perftop") && empty.path != "/.local/state/perftop")
  }

  @Test(
    "E7: root does not use the directory of whoever called sudo", .enabled(if: geteuid() == 0))
  func sudo() throws {
    let home = try TemporaryDirectory()
    chown(home.path, 1000, 1000)
    let variables = ["HOME": home.path, "XDG_STATE_HOME": home.path + "/state"]
    let place = try #require(usual(variables, shared: "/dev/null/none"))
    #expect(!place.path.hasPrefix(home.path))
    #expect(place.owner == "root")
  }

  @Test("looking for a journal makes nothing")
  func empty() throws {
    let folder = try TemporaryDirectory()
    let place = JournalPlace(folder.path + "/perftop")
    #expect(place.isEmptyOrUnusable)
    #expect(
      try AlertJournal(place, boot: JournalCase.boot, writer: "one", making: false) == nil)
    #expect(folder.names() == [])
    _ = try AlertJournal(place, boot: JournalCase.boot, writer: "one")
    #expect(!place.isEmptyOrUnusable)
    let status = try LiveFiles().status(place.path, in: nil, following: false)
    #expect(status.mode & 0o777 == 0o700)
  }

  private func place(_ home: TemporaryDirectory, on machine: String, _ kind: FilesystemKind) throws
    -> JournalPlace
  {
    let variables = ["XDG_STATE_HOME": home.path]
    var place = try #require(
      JournalPlace.usual(
        { variables[$0] }, shared: "/dev/null/none", machine: machine, kind: { _ in kind }))
    place.isLocal = kind == .local
    return place
  }

  @Test(
    "a home that two machines share holds a list for each: neither ends what the other has open")
  func machines() throws {
    let home = try TemporaryDirectory()
    let test = try JournalCase()
    let machines = ["orin", "pi"]
    let journals = try machines.map { machine in
      try #require(
        try AlertJournal(
          try place(home, on: machine, .network),
          boot: BootIdentity(boot: machine, numbering: "1", host: Printable(machine)),
          writer: machine))
    }
    for (journal, machine) in zip(journals, machines) {
      try journal.record([test.fired(machine)], recipients: JournalCase.mail)
    }
    for (journal, machine) in zip(journals, machines) {
      #expect(
        try journal.closeDead(at: test.now, recipients: JournalCase.mail) { _, _ in false } == 0)
      #expect(try journal.openAlerts(at: test.now).map(\.alert.rule) == [machine])
      let claimed = journal.claimDeliveries(
        channels: ["mail"], owner: machine, lease: 30, at: test.now, limit: 10)
      #expect(claimed.map(\.transition.alert.rule) == [machine])
    }
    #expect(home.names() == ["perftop"])
    let local = try place(home, on: "orin", .local)
    #expect(local.path == home.path + "/perftop")
  }

  @Test("what kind of filesystem a directory will be on is known before it is there")
  func kindAhead() throws {
    let folder = try TemporaryDirectory()
    let ahead = FilesystemKind(ofWhatIsThere: folder.path + "/a/b/c")
    #expect(ahead == FilesystemKind(of: folder.path))
    #expect(FilesystemKind(ofWhatIsThere: "/dev/null/none") == .network)
  }
}
