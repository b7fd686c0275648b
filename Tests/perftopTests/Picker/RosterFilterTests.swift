import Testing

@testable import Monitors
@testable import perftop

@Suite("Filter of processes")
struct RosterFilterTests {
  private func found(_ text: String, among crowd: Crowd = .robot) -> [Int32] {
    var crowd = crowd
    var state = PickerState.showing(&crowd)
    state.filter(text)
    return state.pids.sorted()
  }

  static let all: [Int32] = [1, 2, 310, 320, 321, 330, 400, 401]

  @Test(
    "what was typed finds these, and no others",
    arguments: [
      ("", all), ("  ", all), ("camera", [320, 321]), ("CAMERA", [320, 321]),
      ("parquet", [310]), ("robot collect", [310]), ("ssh.service", [400]), ("docker", [320]),
      ("32", [320, 321]), ("nothing-like-it", []),
      ("!robot", [1, 2]), ("!camera !root", [310, 330, 400, 401]),
      ("/^camera", [320, 321]), ("/^CAMERA_n.de$", [320, 321]), ("/node|lane", [320, 321, 330]),
      ("/^sshd$", [400]), ("!/^(camera|lane)", [1, 2, 310, 400, 401]), ("/[0-9]{2}c0d", [320]),
      ("/^$", [1, 2, 310, 320, 321, 330, 400, 401]), ("/\\.py", [310]), ("/col+ec", [310]),
      ("/x*camera", [320, 321]),
      ("cpu>20", [320, 330]), ("cpu>=20", [320, 321, 330]), ("cpu>20%", [320, 330]),
      ("cpu=134", [320]), ("cpu<1", [1, 2, 400, 401]), ("cpu!=0", [310, 320, 321, 330]),
      ("rss>200M", [310, 330]), ("rss>1G", [330]), ("rss>1Gi", [330]), ("rss>1.3G", []),
      ("mem>200MB", [310, 330]), ("memory>200m", [310, 330]), ("rss>190Mi", [310, 330]),
      ("rss=412M", [310]), ("rss<=0", [2]),
      ("growth>1M", [310, 330]), ("growth>10M", [330]), ("growth>1M/s", [330]),
      ("growth>5G/h", [330]), ("growth<-1M", []), ("growth=0", [1, 2, 320, 321, 400]),
      ("io>1M", [310]), ("io>1k", [310, 320]), ("io>60M/min", [310]),
      ("threads>8", [310]), ("thr>=8", [310, 320]), ("threads=12", [310]),
      ("pid=320", [320]), ("pid>=330", [330, 400, 401]), ("pid!=1", Array(all.dropFirst())),
      ("user=root", [1, 2]), ("user=0", [1, 2]), ("user=ROOT", [1, 2]), ("user=roo", []),
      ("user!=root", [310, 320, 321, 330, 400, 401]), ("!user=root cpu>20", [320, 330]),
      ("unit=collector", [310]), ("unit=service", [310, 400]), ("container=docker", [320]),
      ("container!=docker", [1, 2, 310, 321, 330, 400, 401]),
      ("state=R", [320]), ("state=r", [320]), ("state!=S", [2, 320]),
      ("name=camera", [320, 321]), ("command=--run", [320, 321, 330, 400]),
      ("cmd=episodes", [310]),
      ("cpu > 20", [320, 330]), ("cpu >20", [320, 330]), ("cpu> 20", [320, 330]),
      ("cpu  >=  20 user = robot", [320, 321, 330]), ("user != root cpu < 1", [400, 401]),
      ("!user = root cpu >20", [320, 330]), ("camera cpu > 100", [320]),
    ] as [(String, [Int32])])
  func finds(_ text: String, _ pids: [Int32]) { #expect(found(text) == pids) }

  @Test("what is not known of a process holds neither way")
  func unknown() {
    #expect(!found("io>=0").contains(1))
    #expect(!found("!io>=0").contains(1))
    #expect(!found("growth<1").contains(401))
    #expect(!found("growth!=5").contains(401))
  }

  @Test(
    "a part that makes no sense says why, filters nothing, and leaves the others in force",
    arguments: [
      ("rss>abc", "rss: abc is no number; rss>500M, rss>2Gi"),
      ("cpu>", "cpu: cpu>20 is in percent of one processor"),
      ("cpu >", "cpu: cpu>20 is in percent of one processor"),
      ("rss > abc", "rss: abc is no number; rss>500M, rss>2Gi"),
      (
        "foo > 20",
        "foo: no such field; there are cpu rss growth io threads pid user unit container state name command"
      ),
      ("cpu>1e9", "cpu: 1e9 is no number"), ("cpu>nan", "cpu: nan is no number"),
      ("cpu>inf", "cpu: inf is no number"), ("rss>1,5G", "rss: 1,5G is no number"),
      ("growth>1M/day", "growth: 1M/day is no number"), ("threads>5k", "threads: 5k is no number"),
      ("rss>99999999999999999999", "is no number"), ("rss>-", "rss: - is no number"),
      ("colour=red", "colour: no such field; there are cpu rss growth"),
      ("user>robot", "user: has no order for >; user=robot"),
      ("state=", "state: state=D"),
      ("/[", "/[: "), ("/(", "/(: "), ("/a{1,", "/a{1,: "),
      ("/(a{900}){900}", "too many repetitions"),
      ("/(a)\\1", "back references"), ("!/*(", "/*(: "),
    ])
  func refuses(_ text: String, _ reason: String) {
    let filter = RosterFilter(text)
    #expect(filter.problem?.text.contains(reason) == true, "\(filter.problem?.text ?? "none")")
    #expect(filter.isEmpty)
    #expect(found(text) == Self.all)
    #expect(found("camera " + text) == [320, 321])
  }

  @Test(
    "the beginning of something is no mistake", arguments: ["!", "/", "!/", "camera !", "a /"])
  func beginnings(_ text: String) { #expect(RosterFilter(text).problem == nil) }

  @Test("what looks like an option or a path is plain text")
  func plain() {
    #expect(found("--episodes") == [310])
    #expect(found("opt/robot") == [310])
    #expect(RosterFilter("--rate=30").problem == nil)
  }

  @Test("letters beyond ASCII are found whatever their case")
  func letters() {
    var crowd = Crowd()
    crowd.add(5, "Caméra")
    #expect(found("CAMÉRA", among: crowd) == [5])
    #expect(found("/^CAM.*ra$", among: crowd).isEmpty == false)
  }

  @Test(
    "names that mean harm are text like any other", arguments: ["\u{1b}", "·", "]0;", "\u{202e}"])
  func hostile(_ part: String) {
    var crowd = Crowd()
    crowd.add(5, Printable("\u{1b}]0;evil\u{7}\u{202e}name\n"))
    #expect(found(part, among: crowd) == [5])
  }

  @Test("no text crashes it, however odd or long")
  func fuzz() {
    let pieces = [
      "!", "/", "cpu", ">", "=", "{", "[", "(", "*", "\\", "^", "$", "é", "🤖", " ", "9", "-", "%",
      "i", "G", "|", ".", "user", "}", ")", "]", "?", "+", "\u{301}",
    ]
    var random = Robot.Random(state: 3)
    var crowd = Crowd.robot
    var state = PickerState.showing(&crowd)
    for _ in 0..<3000 {
      let length = Int(random.next() * 12)
      let text = (0..<length).map { _ in pieces[Int(random.next() * Double(pieces.count))] }
      state.filter(text.joined())
      #expect(state.pids.count <= 8)
    }
    state.filter(String(repeating: "a{200}", count: 100_000))
    #expect(state.plan.filter.text.count <= RosterFilter.longest)
  }
}
