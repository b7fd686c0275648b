import TestSupport
import Testing

@Suite("The manual page, as readers' programs see it")
struct ManualTests {
  private static let page = Checkout.root + "/docs/perftop.1"

  @Test("mandoc finds nothing to say about it", .needs(.program("mandoc")))
  func mandoc() {
    let run = ProgramRun(["mandoc", "-Tlint", Self.page])
    // Which other pages are installed is the machine's business.
    let remarks = run.output.split(separator: "\n").filter { !$0.contains("referenced manual") }
    #expect(remarks == [])
  }

  @Test("groff finds nothing to warn of, and prints every section", .needs(.program("groff")))
  func groff() {
    let run = ProgramRun(["groff", "-ww", "-mdoc", "-Tascii", "-P-cbou", Self.page])
    #expect(run.code == 0)
    #expect(run.errors == "")
    for heading in ["KEYS", "CONFIGURATION", "LINKING", "EXIT STATUS", "BUGS"] {
      #expect(run.output.contains(heading))
    }
  }
}
