import Testing

@testable import Monitors

@Suite("The desk that settles claims")
struct ClaimDeskTests {
  private func caveats(unexplained: Int64) -> [Printable] {
    var desk = ClaimDesk()
    var allowance = WriteAllowance()
    var growth = IOCounters()
    growth.writtenCharacters = 950_000
    for second: Int64 in 0..<10 {
      let moment = Moment(nanoseconds: second * 1_000_000_000)
      allowance.add(growth, isReadable: true)
      let own = FileSet.Claim(key: nil, format: .csv, bytes: 950_000, ground: .both)
      let foreign = FileSet.Claim(key: nil, format: .json, bytes: unexplained)
      _ = desk.settle(own: [own], foreign: [foreign], from: &allowance, at: moment)
    }
    return desk.caveats(at: Moment(nanoseconds: 10_000_000_000))
  }

  @Test("a tenth that no counter covers is a matter of timing, and nobody else's writing")
  func timing() {
    #expect(caveats(unexplained: 90_000) == [])
  }

  @Test("more than a tenth that no counter covers is somebody else's")
  func others() {
    #expect(
      caveats(unexplained: 150_000) == [
        "others write in its directories; their files are not counted"
      ])
  }
}
