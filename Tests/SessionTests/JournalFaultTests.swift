import Glibc
import Monitors
import TestSupport
import Testing

@Suite(
  "A list that can't be written, with the real binary", .needs(FaultKit.mounts),
  .enabled(if: !AlertScene.isShared, "this machine has a shared list"))
struct JournalFaultTests {
  private static let halted =
    "name: halted, metric: target.state, is: stopped, for: 0, severity: critical"

  /// A screen whose list lies on a small disk of its own, and a hand on that disk.
  private struct Disk {
    let scene: AlertScene
    let screen: Session

    init() throws {
      scene = try AlertScene(rules: [AlertScene.busy, JournalFaultTests.halted])
      let place = "\(scene.folder.path)/perftop"
      mkdir(place, 0o700)
      let mount = "mount -t tmpfs -o size=4m,mode=0700 none \"$0\" && exec \"$@\""
      screen = try scene.screen("anna", before: FaultKit.apart + ["sh", "-c", mount, place])
    }

    /// Runs something where the screen's disk is seen.
    func inside(_ words: String...) -> ProgramRun {
      ProgramRun(
        ["nsenter", "-m", "-r", "-t", String(screen.child.pid)] + words,
        environment: scene.environment("script"), within: 20)
    }

    var place: String { "\(scene.folder.path)/perftop" }
    var history: String { inside(BuiltProgram.path, "alerts", "history").output }
  }

  /// What breaks the disk, and what mends it.
  struct Fault: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var breaking: String
    var mending: String
  }

  private static let faults = [
    Fault(
      testDescription: "full", breaking: "dd if=/dev/zero of=\"$0/fill\" bs=64k; true",
      mending: "rm \"$0/fill\""),
    Fault(
      testDescription: "read-only",
      breaking:
        "for i in $(seq 100); do mount -o remount,ro \"$0\" && exit; sleep .2; done; exit 9",
      mending: "mount -o remount,rw \"$0\""),
  ]

  @Test(
    "E1: a disk that is full or read-only while a screen runs: alerts go on, and the list catches up",
    arguments: faults)
  func catchesUp(_ fault: Fault) throws {
    let disk = try Disk()
    let anna = disk.screen
    #expect(AlertScene.waits(10) { disk.history.contains("busy-1") })
    let broken = disk.inside("sh", "-c", fault.breaking, disk.place)
    #expect(broken.code == 0, "\(broken.errors)")
    disk.scene.target.signal(SIGSTOP)
    #expect(anna.sees(within: 10) { $0.text.contains("halted-1") })
    #expect(anna.sees("alerts are not written down since"))
    anna.watch(for: 1)
    #expect(!disk.history.contains("halted-1"))
    let mended = disk.inside("sh", "-c", fault.mending, disk.place)
    #expect(mended.code == 0, "\(mended.errors)")
    #expect(AlertScene.waits(40) { disk.history.contains("halted-1") })
    #expect(anna.sees { !$0.text.contains("not written down") && $0.text.contains("halted-1") })
    for id in ["busy-1", "halted-1"] { #expect(disk.history.ranges(of: id).count == 1) }
    #expect(anna.quit()?.code == 0)
  }
}
