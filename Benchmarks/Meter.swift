import Glibc
import Monitors
import TestSupport

/// What the kernel has counted for a process at one moment.
struct Meter {
  var cpuSeconds: Double
  var wakeUps: Double
  var residentKilobytes: Double
  var privateKilobytes: Double
  var descriptors: Int
  var threads: Int

  init(_ child: SessionChild) {
    let folder = "/proc/\(child.pid)"
    let tasks = Meter.names(folder + "/task")
    cpuSeconds = child.cpuSeconds
    threads = tasks.count
    descriptors = Meter.names(folder + "/fd").count
    wakeUps = tasks.reduce(0) {
      $0 + Meter.field("voluntary_ctxt_switches", of: "\(folder)/task/\($1)/status")
    }
    residentKilobytes = Meter.field("VmRSS", of: folder + "/status")
    privateKilobytes = Meter.field("RssAnon", of: folder + "/status")
  }

  private static let files = LiveFiles()

  private static func names(_ path: String) -> [String] {
    (try? files.list(path, in: nil)) ?? []
  }

  private static func field(_ name: String, of path: String) -> Double {
    withUnsafeTemporaryAllocation(byteCount: 8192, alignment: 16) { raw in
      let buffer = UnsafeMutableRawBufferPointer(raw)
      guard let count = try? files.read(path, in: nil, into: buffer) else { return .nan }
      let text = String(decoding: buffer.prefix(count), as: UTF8.self)
      let line = text.split(separator: "\n").first { $0.hasPrefix(name + ":") }
      let words = line?.split(whereSeparator: \.isWhitespace) ?? []
      return words.count > 1 ? Double(words[1]) ?? .nan : .nan
    }
  }
}
