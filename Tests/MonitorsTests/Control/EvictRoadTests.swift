import Glibc
import TestSupport
import Testing

@testable import Monitors

@Suite("Giving up what can be had again", .serialized)
struct EvictRoadTests {
  /// A program that keeps a file open that is all in the page cache, on a disk; `nil` where there is none.
  private func start(megabytes: Int = 8) -> (Reachable, String)? {
    let file = "/var/tmp/perftop-test-\(getpid())-\(UInt32.random(in: 0 ... .max))"
    let make = ProgramRun(
      [
        "sh", "-c", "head -c \(megabytes)000000 /dev/urandom >$0 && sync $0 && cat $0 >/dev/null",
        file,
      ],
      within: 20)
    guard make.code == 0,
      let process = Reachable([
        "sh", "-c", "exec 3<$0; : >{}/open; echo 1 >{}/ready; exec sleep 100", file,
      ])
    else { return nil }
    return (process, file)
  }

  @Test("the page cache of its open files goes, is measured, and no data with it")
  func pages() throws {
    let (process, file) = try #require(start())
    defer { unlink(file) }
    let before = ProgramRun(["cksum", file]).output
    let found = ActionRunner(host: process.host, link: nil).survey(process.key, ActionContext())
    let pages = try #require(found.first { $0.id == "pages" })
    #expect(pages.size.value.map { $0.count >= 8_000_000 } == true)
    #expect(pages.isPossible)
    let outcome = process.perform(.evict(["pages"]))
    #expect(outcome.standing == .done, "\(outcome.receipt.outcome)")
    #expect(
      outcome.receipt.outcome.text.hasPrefix("evicted: page cache of 1 file 8.0 MB → 0 B, RSS "))
    #expect(outcome.receipt.outcome.text.hasSuffix("(page cache)"))
    #expect(ProgramRun(["cksum", file]).output == before)
    #expect(process.isThere)
  }

  @Test("evict alone takes what is harmless, and says by which road")
  func harmless() throws {
    let (process, file) = try #require(start(megabytes: 2))
    defer { unlink(file) }
    let outcome = process.perform(.evict([]))
    #expect(outcome.standing == .done, "\(outcome.receipt.outcome)")
    #expect(outcome.receipt.road == "page cache")
  }

  @Test("pipes, devices and sockets are not opened")
  func others() {
    let acting = Acting()
    let outcome = acting.perform(.evict(["pages"]))
    #expect(outcome.standing == .refused)
    #expect(outcome.receipt.outcome.text.contains("no regular file open"))
  }

  @Test("without swap nothing is promised of cold memory")
  func cold() {
    let acting = Acting()
    acting.files.write("/proc/meminfo", "MemTotal: 1 kB\nSwapFree:        0 kB\n")
    let outcome = acting.perform(.evict(["cold"]))
    #expect(outcome.standing == .refused)
    #expect(outcome.receipt.outcome == "refused: there is no free swap to which memory could go")
  }

  @Test(
    "a control group that others share has to be accepted first; the machine's own never is touched"
  )
  func group() {
    let acting = Acting { $0.group = "/robots/a" }
    let mount = "30 20 0:26 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n"
    acting.files.write("/proc/self/mountinfo", mount)
    acting.files.write("/sys/fs/cgroup/robots/a/cgroup.procs", "42\n43\n44\n")
    acting.files.write(
      "/sys/fs/cgroup/robots/a/memory.stat",
      "anon 5\nfile 9\ninactive_file 3000000\nactive_file 1000000\n")
    let outcome = acting.perform(.evict(["group"]))
    #expect(outcome.receipt.question?.text.contains("it hits 2 other processes too") == true)
    let found = acting.runner().survey(Acting.key, ActionContext()).first { $0.id == "group" }
    #expect(found?.size == .fresh(Bytes(4_000_000)))
    #expect(found?.note == "hits 2 other processes too")
    acting.files.write("/proc/42/cgroup", "0::/\n")
    #expect(
      acting.perform(.evict(["group"]), accepts: true).receipt.outcome.text.contains(
        "no control group of its own"))
  }

  @Test("the menu shows caches with sizes, and says of each thing why it can not be had")
  func survey() throws {
    let acting = Acting()
    var context = ActionContext()
    var link = LinkSample()
    var frames = CacheSample(name: "frames")
    frames.bytes = Bytes(5_000_000)
    frames.entries = 1
    frames.isEvictable = true
    link.caches = [frames, CacheSample(name: "fixed")]
    context.link = link
    context.targets = [TargetSettings(match: "robot")]
    context.targets[0].evict = ["drop", "{pid}"]
    let found = acting.runner().survey(Acting.key, context)
    #expect(found.map(\.id) == ["cache:frames", "pages", "cold", "group", "command"])
    #expect(found[0].size == .fresh(Bytes(5_000_000)))
    #expect(found[0].note == "1 entry")
    #expect(!found[1].isPossible && !found[2].isPossible && !found[3].isPossible)
    #expect(found[2].note == "there is no free swap")
    #expect(found[4].note == "drop {pid}")
  }
}
