import Monitors
import TestSupport
import Testing

@testable import perftop

@Suite("What a terminal is asked")
struct TerminalQuestionsTests {
  private let time = FakeTime()

  private func asked(_ answers: String...) -> TerminalQuestions {
    var questions = TerminalQuestions(hasFrameMarks: false)
    _ = questions.ask(TerminalKind(name: "xterm-256color"), at: time.now())
    for answer in answers { questions.hear(answer.utf8) }
    return questions
  }

  @Test("it is asked once, and never where it would show the question")
  func asking() {
    var questions = TerminalQuestions(hasFrameMarks: false)
    for name in ["linux", "vt100", "dumb", "screen"] {
      #expect(questions.ask(TerminalKind(name: name), at: time.now()) == [])
    }
    let kind = TerminalKind(name: "xterm-256color")
    let text = String(decoding: questions.ask(kind, at: time.now()), as: UTF8.self)
    #expect(text == "\u{1b}[?2026$p\u{1b}]11;?\u{1b}\\")
    #expect(questions.ask(kind, at: time.now()) == [])
  }

  @Test(
    "a mode that is set or not set is known; one that is unknown, or fixed, is not used",
    arguments: [("0", false), ("1", true), ("2", true), ("3", false), ("4", false)])
  func marks(_ setting: String, _ isKnown: Bool) {
    #expect(asked("\u{1b}[?2026;\(setting)$y").hasFrameMarks == isKnown)
  }

  @Test(
    "a ground has one to four digits a channel",
    arguments: [
      ("rgb:ffff/8080/0000\u{7}", RGB(red: 255, green: 128, blue: 0)),
      ("rgb:f/0/8\u{1b}\\", RGB(red: 255, green: 0, blue: 136)),
      ("rgb:1a/1b/26\u{7}", RGB(red: 26, green: 27, blue: 38)),
      ("rgb:fffff/0/0\u{7}", nil), ("rgb:ff/ff\u{7}", nil), ("rgb:ff/ff/ff", nil),
      ("rgba:ff/ff/ff/ff\u{7}", nil), ("rgb://\u{7}", nil),
    ] as [(String, RGB?)])
  func ground(_ answer: String, _ expected: RGB?) {
    #expect(asked("\u{1b}]11;\(answer)").ground == expected)
  }

  @Test("answers may come in pieces, among keys, and in any order")
  func pieces() {
    let questions = asked("abc\u{1b}]11;rgb:00", "/00/00\u{1b}", "\\\u{1b}[?20", "26;1$yq")
    #expect(questions.ground == .black)
    #expect(questions.hasFrameMarks)
    #expect(!questions.isOpen(at: time.now()))
  }

  @Test("answers are waited for as long as they may come, and not for ever")
  func patience() {
    let questions = asked("\u{1b}[?2026;2$y")
    #expect(questions.isOpen(at: time.now()))
    time.advance(by: 1.1)
    #expect(!questions.isOpen(at: time.now()))
    #expect(!TerminalQuestions(hasFrameMarks: true).isOpen(at: time.now()))
  }

  @Test("a flood of nonsense is no answer, and is not kept")
  func flood() {
    var questions = asked()
    for _ in 0..<1000 { questions.hear([UInt8](repeating: 0x1b, count: 1000)) }
    questions.hear("\u{1b}[?2026;2$y".utf8)
    #expect(questions.hasFrameMarks)
  }
}
