import TestSupport
import Testing

@testable import Monitors

@Suite("Trees of files that stand for machines")
struct HostTreeTests {
  private let scratch = Scratch()

  private func text(_ path: String, on host: Host) -> String {
    (try? scratch.read(host.files, path)).map { String(decoding: $0, as: UTF8.self) } ?? ""
  }

  @Test("each says where it comes from", arguments: HostTree.allCases)
  func source(_ tree: HostTree) {
    let path = tree.path().split(separator: "/").dropLast().joined(separator: "/")
    let source = text("/\(path)/SOURCE", on: .live())
    #expect(source.hasPrefix("captured") || source.hasPrefix("composed"))
    #expect(source.split(separator: "\n").count == 1)
  }

  @Test("each has a process whose files agree with one another", arguments: HostTree.allCases)
  func process(_ tree: HostTree) throws {
    let host = tree.host
    let stat = text("/proc/4242/stat", on: host)
    #expect(stat.split(separator: " ").count == 52)
    #expect(stat.hasPrefix("4242 (lane_follower) S "))
    let status = text("/proc/4242/status", on: host)
    let pages = try #require(
      text("/proc/4242/statm", on: host).split(separator: " ").dropFirst().first.flatMap { Int($0) }
    )
    #expect(status.contains("VmRSS:\t\(pages * 4) kB"))
    let mapped = text("/proc/4242/smaps", on: host).split(separator: "\n").filter {
      $0.hasPrefix("Rss:")
    }.compactMap { Int($0.split(separator: " ")[1]) }.reduce(0, +)
    #expect(mapped == pages * 4)
  }

  @Test(
    "each has an open file that is reached as the process names it", arguments: HostTree.allCases)
  func openFile(_ tree: HostTree) throws {
    let host = tree.host
    let directory = try host.files.openDirectory("/proc/4242", in: nil)
    let target = try host.files.readLink("fd/3", in: directory)
    #expect(String(decoding: target, as: UTF8.self) == "/data/episode_0007.csv")
    #expect(try host.files.status("fd/3", in: directory, following: true).kind == .regular)
    let position = try scratch.read(host.files, "fdinfo/3", in: directory).trimmed.text
    let size = try host.files.status("/data/episode_0007.csv", in: nil, following: true).size
    #expect(position.contains("pos:") && position.contains(String(size)))
    #expect(try host.files.statistics("/").total > .zero)
  }

  @Test("the container's limits lie where its process says")
  func limits() {
    let host = HostTree.containerCgroup2.host
    let group = text("/proc/4242/cgroup", on: host).dropFirst("0::".count).dropLast()
    #expect(text("/sys/fs/cgroup\(group)/memory.max", on: host) == "536870912\n")
    #expect(text("/sys/fs/cgroup\(group)/cpu.max", on: host) == "50000 100000\n")
    #expect(text("/sys/fs/cgroup\(group)/memory.events", on: host).contains("oom_kill 1\n"))
  }
}
