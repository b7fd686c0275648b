import Glibc
import TestSupport
import Testing

@testable import Monitors

@Suite("Memory straight from the kernel")
struct AnonymousMemoryTests {
  @Test("pages are real only after they were touched, up to their size, until they are given back")
  func touches() throws {
    let memory = try #require(AnonymousMemory(size: 1_000_000, name: "test"))
    #expect(memory.touched == 0)
    memory.touch(300_000)
    #expect(memory.touched == 300_000)
    memory.touch(900_000)
    #expect(memory.touched == 1_000_000)
    memory.touch(-5)
    memory.release()
    #expect(memory.touched == 0)
  }
}
