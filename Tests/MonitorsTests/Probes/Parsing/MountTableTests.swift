import Testing

@testable import Monitors

@Suite("mountinfo")
struct MountTableTests {
  private func parse(_ text: String) -> MountTable {
    Array(text.utf8).withUnsafeBytes(MountTable.parse)
  }

  private let table = """
    22 1 254:0 / / rw,relatime shared:1 - ext4 /dev/root rw
    30 22 0:25 / /data rw,noatime master:2 propagate_from:3 - nfs4 server:/x rw,vers=4.2
    31 22 254:0 /export /srv ro,relatime - ext4 /dev/root rw
    32 22 0:40 / /mnt/a\\040b\\033[31m\\012 rw - tmpfs tmpfs rw
    33 30 0:41 / /data ro - overlay overlay ro

    """

  @Test(
    "device, place, type and read-only are taken from their columns, however many fields stand between"
  )
  func columns() {
    let mounts = parse(table).mounts
    #expect(mounts.map(\.path) == ["/", "/data", "/srv", "/mnt/a b\u{1b}[31m\n", "/data"])
    #expect(mounts.map(\.isReadOnly) == [false, false, true, false, true])
    #expect(mounts[0].device == 254 << 8)
    #expect(String(decoding: mounts[1].kind, as: UTF8.self) == "nfs4")
  }

  @Test(
    "a path lies on the deepest mount of its device; without a device that fits, on the deepest and latest"
  )
  func lookup() {
    let table = parse(table)
    #expect(table.mount(of: Array("/home/x".utf8), device: 254 << 8)?.path == "/")
    #expect(table.mount(of: Array("/data/x".utf8), device: 25)?.device == 25)
    #expect(table.mount(of: Array("/data/x".utf8), device: 9999)?.device == 41)
    #expect(table.mount(of: Array("/database".utf8), device: 25)?.path == "/")
    #expect(table.mount(of: [], device: nil) == nil)
  }

  @Test("B11: octal is decoded, and a backslash that begins no octal stays")
  func octal() {
    let decoded = { (text: String) in
      String(decoding: Array(text.utf8).withUnsafeBytes(MountTable.decoded), as: UTF8.self)
    }
    #expect(decoded("/a\\040b\\134c") == "/a b\\c")
    #expect(decoded("/a\\09\\") == "/a\\09\\")
    #expect(decoded("\\777") == "\u{fffd}")
  }

  @Test(
    "C14: lines cut short or made of garbage are left out",
    arguments: [
      "", "22", "22 1 254:0 / /", "22 1 254:0 / / rw", "22 1 254:0 / / rw -", "a b c d e f - g h i",
      "22 1 254 / /x rw - ext4 d rw", "22 1 254:0 / x rw - ext4 d rw", "\0\0\0",
    ])
  func garbage(_ line: String) {
    let mounts = parse(line + "\n30 22 0:25 / /data rw - nfs4 s rw\n").mounts
    #expect(mounts.last?.path == "/data")
    #expect(mounts.count <= 2)
  }
}
