import Glibc
import TestSupport
import Testing

@Suite("Picking a process on a real terminal")
struct PickerTests {
  /// A process with a name that no other has, and a list that shows it.
  private func listing(_ mark: Int) throws -> (Specimen, Session) {
    let seconds = "\(mark)\(100_000 + Int(getpid()))"
    let target = try #require(Specimen(["sleep", seconds]))
    let session = try Session(["perftop", "-d", "0.2"], columns: 120, rows: 40)
    #expect(session.sees("Processes"))
    session.press("/sleep \(seconds)")
    #expect(session.sees(within: 20) { $0.text.contains(" 1 of ") })
    return (target, session)
  }

  @Test("without a process it starts with the list; what is chosen from it is watched")
  func picks() throws {
    let (target, session) = try listing(7)
    session.press("\r")
    #expect(session.sees("\(target.pid) "))
    session.press("\r")
    #expect(session.sees("Memory"))
    #expect(session.sees("sleep \(target.pid)"))
    #expect(session.sees("applied: watching sleep \(target.pid)"))
    session.press("p")
    #expect(session.sees("Processes"))
    #expect(session.sees(within: 5) { $0.text.contains("not linked") })
    session.press("\u{1b}")
    #expect(session.sees("1 Memory"))
    session.press("q")
    #expect(session.ends(within: 3)?.code == 0)
    #expect(session.isRestored)
  }

  @Test("what has ended meanwhile is refused, and the list says so")
  func ended() throws {
    var (target, session): (Specimen?, Session) = try listing(8)
    let pid = try #require(target?.pid)
    session.press("\rj")
    #expect(session.sees("sleep \(pid)"))
    target = nil
    #expect(session.sees("ended:"))
    session.press("\r")
    #expect(session.sees("sleep \(pid) has ended"))
    session.press("q")
    #expect(session.ends(within: 3)?.code == 0)
  }

  @Test("esc leaves for the machine alone, and p comes back", arguments: [(80, 24), (20, 5)])
  func leaves(columns: Int, rows: Int) throws {
    let session = try Session(["perftop", "-d", "0.2"], columns: columns, rows: rows)
    #expect(session.sees { screen in screen.lines.count { $0.count > 4 } >= 4 })
    session.press("\u{1b}")
    #expect(session.sees("Memo"))
    session.press("p")
    #expect(session.sees(within: 5) { !$0.text.contains("Memo") })
    session.press("q")
    #expect(session.ends(within: 3)?.code == 0)
  }
}
