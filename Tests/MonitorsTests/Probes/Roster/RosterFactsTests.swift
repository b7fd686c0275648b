import Glibc
import Monitors
import TestSupport
import Testing

@Suite("What a roster knows of a process besides its numbers")
struct RosterFactsTests {
  @Test(
    "a command line is one line, cut where a list has no room for more, never in the middle of a letter"
  )
  func command() throws {
    var plain = FakeProcess.worker(42)
    plain.arguments = ["/bin/robot", "--name", "a\u{1b}[2Jb"]
    var long = FakeProcess.worker(43)
    long.arguments = ["x" + String(repeating: "é", count: 3000)]
    var none = FakeProcess.worker(44)
    none.arguments = []
    let watching = RosterWatching([plain, long, none])
    let roster = try #require(watching.tick())
    #expect(roster[42]?.facts.command == "/bin/robot --name a·[2Jb")
    let cut = try #require(roster[43]?.facts.command.text)
    #expect(cut.hasPrefix("xé") && cut.hasSuffix("é…") && cut.utf8.count < 420)
    #expect(roster[44]?.facts.command == "[robot]")
  }

  @Test("facts are read once, and not again while it is the same program")
  func once() {
    var worker = FakeProcess.worker(42)
    let watching = RosterWatching([worker])
    for _ in 0..<40 {
      worker.cpu += 10
      watching.put(worker)
      watching.tick()
    }
    #expect(watching.files.reads(of: "/proc/42/cmdline") == 1)
    #expect(watching.files.reads(of: "/proc/42/cgroup") == 1)
  }

  @Test("what is read and written together, in bytes a second")
  func io() {
    var worker = FakeProcess.worker(42)
    let watching = RosterWatching([worker, .sleeper(43)])
    #expect(watching.tick()?[42]?.io == .missing(.notYet))
    worker.written = 3_000_000
    watching.put(worker)
    #expect(watching.tick()?[42]?.io == .fresh(3_000_000))
    #expect(watching.tick(after: 2)?[42]?.io == .fresh(0))
    worker.written = 5
    watching.put(worker)
    #expect(watching.tick()?[42]?.io == .missing(.because("a counter went backwards")))
    for _ in 0..<12 { watching.tick() }
    #expect(watching.tick()?[43]?.io == .fresh(0))
  }

  @Test("C9: what may not be read says what it would take, and is not asked for again and again")
  func forbiddenIO() {
    var worker = FakeProcess.worker(42)
    let watching = RosterWatching([worker])
    watching.files.fail("/proc/42/io", with: EACCES)
    for _ in 0..<10 { watching.tick() }
    let row = watching.tick()?[42]
    #expect(row?.io == .missing(.notPermitted(needs: "CAP_SYS_PTRACE or the same user")))
    #expect(row?.facts.refusal == nil)
    watching.files.fail("/proc/42/io", with: EACCES, times: 0)
    worker.name = "other"
    watching.put(worker)
    watching.tick()
    watching.tick()
    #expect(watching.tick()?[42]?.io == .fresh(0))
  }

  @Test(
    "C9: a process of which /proc shows no more than the number is listed, and says what would help"
  )
  func hidden() throws {
    let watching = RosterWatching([.worker(42), .worker(43)])
    for name in ["stat", "schedstat", "io", "cmdline", "cgroup"] {
      watching.files.fail("/proc/42/\(name)", with: EPERM)
    }
    let row = try #require(watching.tick()?[42])
    #expect(row.facts.refusal?.text.contains("needs root") == true)
    #expect(row.facts.user == "robot" && row.identity.startTicks == 0 && row.cpu == nil)
    for name in ["stat", "schedstat", "io", "cmdline", "cgroup"] {
      watching.files.fail("/proc/42/\(name)", with: EPERM, times: 0)
    }
    for _ in 0..<6 { watching.tick() }
    let later = watching.tick()?[42]
    #expect(later?.facts.refusal == nil && later?.facts.name == "robot")
  }

  @Test("the kernel's threads and those that ended can't be attached, and say why")
  func refusals() throws {
    var kernel = FakeProcess.worker(2, name: "kworker/0:1")
    kernel.flags = 0x0020_8040
    kernel.arguments = []
    var ended = FakeProcess.worker(42)
    ended.state = "Z"
    var alive = FakeProcess.worker(43)
    let watching = RosterWatching([kernel, ended, alive])
    let roster = try #require(watching.tick())
    #expect(roster[2]?.facts.refusal == "a kernel thread has no memory or files of its own")
    #expect(roster[2]?.facts.command == "[kworker/0:1]")
    #expect(roster[42]?.facts.refusal?.text.hasPrefix("it has ended") == true)
    #expect(roster[43]?.facts.refusal == nil)
    #expect(watching.files.reads(of: "/proc/2/cmdline") == 0)
    kernel.name = "kworker/0:1-events"
    alive.state = "Z"
    watching.put(kernel)
    watching.put(alive)
    let later = try #require(watching.tick())
    #expect(later[2]?.facts.command == "[kworker/0:1-events]")
    #expect(later[43]?.facts.refusal?.text.hasPrefix("it has ended") == true)
  }

  @Test("a user without a name is a number, and a new name is shown when the file has changed")
  func users() {
    let watching = RosterWatching([.worker(42)])
    watching.files.remove("/etc/passwd")
    #expect(watching.tick()?[42]?.facts.user == "1000")
    watching.files.write("/etc/passwd", "\n:::\nbad\nx:y:z:\nrob\u{1b}ot:x:1000:\ntwin:x:1000:1:\n")
    for _ in 0..<11 { watching.tick() }
    #expect(watching.tick()?[42]?.facts.user == "rob·ot")
  }

  @Test("who has linked itself in has a socket in a directory of its own user's, not of anybody's")
  func links() {
    var other = FakeProcess.worker(44)
    other.uid = 0
    let watching = RosterWatching([.worker(42), .worker(43), other])
    for pid in [42, 44] { watching.files.write("/run/user/1000/perftop/\(pid).sock", "") }
    watching.files.write("/tmp/perftop-1000/43.sock", "")
    let own = FileStatus(kind: .directory, size: 0, mode: 0o700, owner: 1000)
    watching.files.setStatus("/run/user/1000/perftop", own)
    var foreign = own
    foreign.owner = 1001
    watching.files.setStatus("/tmp/perftop-1000", foreign)
    #expect(watching.tick()?.rows.filter(\.facts.isLinked).map(\.identity.pid) == [42])
    watching.files.setStatus("/tmp/perftop-1000", own)
    watching.files.remove("/run/user/1000/perftop/42.sock")
    watching.tick()
    #expect(watching.tick()?.rows.filter(\.facts.isLinked).map(\.identity.pid) == [43])
  }

  @Test("C14: garbage in any file of any process is no crash, and nobody else's rows suffer")
  func garbage() throws {
    var numbers = SeededNumbers(seed: 7)
    let watching = RosterWatching([.worker(42), .sleeper(43), .worker(50)])
    let alphabet = "()0123456789:/- \n"
    for round in 0..<400 {
      for pid in [42, 43] {
        for name in ["stat", "schedstat", "io", "cmdline", "cgroup"] where round % 5 > 0 {
          watching.files.write(
            "/proc/\(pid)/\(name)", bytes: numbers.bytes(most: 300, alphabet: alphabet))
        }
        if round % 5 == 0 { watching.put(.worker(Int32(pid))) }
      }
      watching.files.write("/proc/loadavg", bytes: numbers.bytes(most: 60, alphabet: alphabet))
      watching.files.write("/proc/uptime", bytes: numbers.bytes(most: 20, alphabet: alphabet))
      watching.files.write(
        "/etc/passwd", bytes: numbers.bytes(most: 300, alphabet: alphabet + "robt"))
      watching.files.write("/proc/self/limits", bytes: numbers.bytes(most: 90, alphabet: alphabet))
      let row = try #require(watching.tick()?[50])
      #expect(row.facts.name == "robot")
    }
  }

  @Test("without a descriptor to spare it goes on with what it knew, and says nothing")
  func shortage() throws {
    var worker = FakeProcess.worker(42)
    let watching = RosterWatching([worker, .worker(43)])
    for _ in 0..<3 {
      worker.cpu += 10
      watching.put(worker)
      watching.tick()
    }
    for name in ["stat", "io", "schedstat"] {
      watching.files.fail("/proc/42/\(name)", with: EMFILE, times: 3)
    }
    watching.files.fail("/proc", with: EMFILE, times: 1)
    watching.tell(births: 100)
    for _ in 0..<4 {
      let rows = watching.tick()?.rows
      #expect(rows?.map(\.identity.pid) == [42, 43])
    }
    worker.cpu += 10
    watching.put(worker)
    watching.tick()
    #expect(watching.tick()?[42]?.cpu == 0)
  }
}
