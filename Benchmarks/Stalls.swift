import Glibc
import TestSupport

/// What watching costs a process that owns a gigabyte: how long its own calls of mmap wait, watched and unwatched.
struct Stalls {
  private static let megabytes = 1024
  private static let seconds: Int32 = 20
  private let folder = TemporaryFolder()

  func run() {
    guard let target = Specimen(tool: "mapper", folder.path + "/stalls", "\(Stalls.megabytes)"),
      waitsForLines(2)
    else { return print("no process to watch") }
    var table = Table(["a page mapped and unmapped", "slowest us", "median of seconds us"])
    add("unwatched", to: &table)
    guard let session = try? Session(["perftop", "-d", "1", "-p", "\(target.pid)"]),
      session.sees("Memory")
    else { return print("perftop did not come up") }
    add("watched", to: &table) { session.watch(for: Double(Stalls.seconds)) }
    table.show("Stalls of a process of \(Stalls.megabytes) MiB, over \(Stalls.seconds) s each")
  }

  private var lines: [Double] {
    folder.read("stalls")?.split(whereSeparator: \.isWhitespace).compactMap { Double($0) } ?? []
  }

  private func waitsForLines(_ count: Int) -> Bool {
    let patience = 20
    for _ in 0..<patience where lines.count < count { _ = poll(nil, 0, 1000) }
    return lines.count >= count
  }

  private func add(
    _ name: String, to table: inout Table,
    while watch: () -> Void = { _ = poll(nil, 0, Stalls.seconds * 1000) }
  ) {
    let before = lines.count
    watch()
    let times = lines.dropFirst(before).sorted()
    table.add([
      name, (times.last ?? .nan).short, (times.dropFirst(times.count / 2).first ?? .nan).short,
    ])
  }
}
