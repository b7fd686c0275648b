import Glibc
import TestSupport

/// Ten thousand ticks as fast as they come: what grows with them is a leak.
struct Soak {
  let options: Options

  init(_ options: Options) { self.options = options }

  func run() {
    let folder = TemporaryFolder()
    let secondsPerTick = 0.01
    let largestGrowth = 200.0
    guard let target = Specimen(tool: "busy", folder.path + "/data"),
      let session = try? Session(["perftop", "-d", "10ms", "-p", "\(target.pid)"]),
      session.sees("Memory")
    else { return fail("perftop did not come up") }
    let steps = 10
    let quietTicks = 500.0
    session.watch(for: quietTicks * secondsPerTick)
    let first = Meter(session.child)
    var table = Table(["ticks", "private kB", "descriptors", "threads"])
    for step in 0...steps {
      if step > 0 { session.watch(for: Double(options.ticks / steps) * secondsPerTick) }
      session.forget()
      let now = Meter(session.child)
      table.add(
        ["\(options.ticks / steps * step)", now.privateKilobytes.short, "\(now.descriptors)"]
          + ["\(now.threads)"])
    }
    table.show("Growth over \(options.ticks) ticks of 10 ms")
    let last = Meter(session.child)
    let growth = last.privateKilobytes - first.privateKilobytes
    print("  private memory grew by \(growth.short) kB")
    if !(growth <= largestGrowth) { fail("more than \(largestGrowth.short) kB") }
    if last.descriptors > first.descriptors { fail("descriptors were left open") }
    if last.threads > first.threads { fail("threads were left behind") }
  }

  private func fail(_ why: String) {
    print("perftop-bench: soak: \(why)")
    exit(1)
  }
}
