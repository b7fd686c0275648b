import TestSupport
import Testing

@testable import Monitors

@Suite("The limits file of a process")
struct ProcessLimitsTests {
  private let head =
    "Limit                     Soft Limit           Hard Limit           Units     \n"

  @Test("the soft limit counts, and unlimited is no limit")
  func soft() throws {
    let text =
      head + "Max open files            1024                 524288               files     \n"
      + "Max address space         unlimited            unlimited            bytes     \n"
    let limits = try #require(withBytes(text, ProcessLimits.parse))
    #expect(limits.descriptors == 1024)
    #expect(limits.addressSpace == nil)
  }

  @Test("an address space limit is in bytes")
  func addressSpace() throws {
    let text =
      head + "Max open files            unlimited            unlimited            files     \n"
      + "Max address space         4294967296           unlimited            bytes     \n"
    let limits = try #require(withBytes(text, ProcessLimits.parse))
    #expect(limits.descriptors == nil)
    #expect(limits.addressSpace == Bytes(4_294_967_296))
  }

  @Test("C14: a file without the two lines is refused")
  func malformed() {
    #expect(withBytes(head, ProcessLimits.parse) == nil)
    #expect(withBytes("Max open files  what\nMax address space  9\n", ProcessLimits.parse) == nil)
  }
}
