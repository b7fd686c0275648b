import Monitors
import Testing

@testable import perftop

@Suite("What a target is to do, on a command line")
struct ArgumentValueActionTests {
  @Test(
    "each action is understood",
    arguments: [
      ("gc", TargetAction.collect), ("evict", .evict([])), ("evict=frames", .evict(["frames"])),
      ("evict=pages,cache:a=b", .evict(["pages", "cache:a=b"])), ("quality=up", .quality(.up)),
      ("quality=down", .quality(.down)), ("quality=auto", .quality(.automatic)),
      ("quality=ultra_low", .quality(.level("ultra_low"))), ("batch=32", .batch(32)),
    ])
  func understood(_ text: String, _ action: TargetAction) throws {
    #expect(try ArgumentValue.action(text) == action)
    #expect(action.words.text == text)
  }

  @Test(
    "what is none is refused with what there is",
    arguments: [
      ("gcc", "did you mean perftop send gc?"), ("gc=1", "write perftop send gc -p PID"),
      ("quality=lo", "did you mean quality=low?"),
      ("batch=0", "write a whole number from 1: batch=32"),
      ("batch=-3", "write a whole number from 1: batch=32"),
      ("batch=99999999999999999999", "write a whole number from 1: batch=32"),
      ("evict=", "write evict=NAME, or evict alone"),
      ("evict=a,,b", "write evict=NAME, or evict alone"),
      ("signal=9", "there are gc, evict, evict=NAME, quality=LEVEL|up|down|auto, batch=N"),
    ])
  func refused(_ text: String, _ advice: Printable) {
    do throws(UsageError) {
      let action = try ArgumentValue.action(text)
      Issue.record("\(text) is \(action.words)")
    } catch { #expect(error.advice == advice) }
  }

  @Test("send needs an action and a process, and takes several")
  func whole() throws {
    let task = try Arguments.parse(["send", "gc", "-p", "1,2", "--yes", "--readonly"])
    #expect(task.task == .send(.init(action: .collect, pids: [1, 2], accepts: true)))
    #expect(task.options.isReadOnly)
    for words in [
      ["send"], ["send", "gc"], ["send", "-p", "1"], ["send", "gc", "evict", "-p", "1"],
    ] {
      do throws(UsageError) {
        _ = try Arguments.parse(words)
        Issue.record("\(words) is understood")
      } catch { #expect(!error.advice.isEmpty) }
    }
  }
}
