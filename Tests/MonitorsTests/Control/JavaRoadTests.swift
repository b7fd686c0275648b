import Glibc
import TestSupport
import Testing

@testable import Monitors

@Suite("Into a JVM by its attach socket", .serialized)
struct JavaRoadTests {
  static let garbage = """
    public class G { public static void main(String[] a) throws Exception {
      java.util.List<byte[]> l = new java.util.ArrayList<>();
      for (int i = 0; i < 60; i++) l.add(new byte[1000000]);
      l = null;
      java.nio.file.Files.writeString(java.nio.file.Path.of(a[0]), "1");
      while (true) Thread.sleep(50);
    } }
    """

  private func start(_ options: [String] = []) -> Reachable? {
    Reachable(
      ["java"] + options + ["-Xmx300m", "{}/G.java", "{}/ready"], files: ["G.java": Self.garbage])
  }

  @Test(
    "garbage is collected, and the heap is told before and after",
    .enabled(if: Runtimes.java, "no java on this machine"))
  func collects() throws {
    let process = try #require(start())
    let outcome = process.perform(.collect)
    #expect(outcome.standing == .done, "\(outcome.receipt.outcome)")
    #expect(outcome.receipt.road == "JVM attach")
    let before = try #require(outcome.receipt.before?.heap)
    let after = try #require(outcome.receipt.after?.heap)
    #expect(before.count > after.count + 50_000_000)
    #expect(outcome.receipt.outcome.text.hasPrefix("collected: heap "))
    #expect(outcome.receipt.outcome.text.hasSuffix("(JVM attach)"))
    let recounted = try #require(outcome.recount?())
    #expect(recounted.after?.heap != nil)
    #expect(recounted.order == outcome.receipt.order)
  }

  @Test(
    "D16: attaching again and again leaves the target as it was",
    .enabled(if: Runtimes.java, "no java on this machine"))
  func again() throws {
    let process = try #require(start())
    #expect(process.perform(.collect).standing == .done)
    let files = process.openFiles
    for _ in 0..<50 { #expect(process.perform(.collect).standing == .done) }
    #expect(process.isThere)
    #expect(process.status("TracerPid") == "0")
    #expect(process.status("State")?.hasPrefix("S") == true)
    #expect(process.openFiles <= files + 1)
    let left = ProgramRun([
      "sh", "-c", "ls -a /tmp /proc/\(process.key.pid)/cwd/ | grep attach_pid\(process.key.pid)",
    ])
    #expect(left.output == "")
  }

  @Test(
    "D16: a JVM that would die of the signal does not get it",
    .enabled(if: Runtimes.java, "no java on this machine"))
  func unhandled() throws {
    let process = try #require(start(["-XX:+DisableAttachMechanism"]))
    let outcome = process.perform(.collect)
    #expect(outcome.standing == .refused)
    #expect(outcome.receipt.outcome.text.contains("DisableAttachMechanism"))
    #expect(process.isThere)
  }

  @Test("D16: without a handler of SIGQUIT none is sent")
  func noHandler() {
    let acting = Acting()
    acting.files.write(
      "/proc/42/maps", "7f00-7f10 r-xp 00000000 08:01 5   /usr/lib/jvm/libjvm.so\n")
    let outcome = acting.perform(.collect)
    #expect(outcome.receipt.outcome.text.contains("JVM attach: this JVM does not handle SIGQUIT"))
    #expect(acting.processes.signals.isEmpty)
  }

  @Test("OpenJ9 is recognised and not attached to")
  func other() {
    let acting = Acting()
    acting.files.write(
      "/proc/42/maps", "7f00-7f10 r-xp 00000000 08:01 5   /usr/lib/jvm/libj9vm29.so\n")
    #expect(acting.perform(.collect).receipt.outcome.text.contains("OpenJ9"))
  }

  @Test("a process whose mappings are closed to us names the right that is lacking")
  func closed() {
    let acting = Acting()
    acting.files.fail("/proc/42/maps", with: EACCES)
    let outcome = acting.perform(.collect)
    #expect(outcome.standing == .notPermitted)
    let right = "needs the same user and group, or CAP_SYS_PTRACE (JVM attach, remote debugging"
    #expect(outcome.receipt.outcome.text.hasPrefix("refused: permission denied: \(right)"))
  }
}
