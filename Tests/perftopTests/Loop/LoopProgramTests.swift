import Monitors
import TestSupport
import Testing

@testable import perftop

@MainActor
@Suite("Loop: a program that was launched")
struct LoopProgramTests {
  private let backend = ScriptedBackend()
  private let time = FakeTime()

  private func type(_ keys: Key...) -> [LoopEvent] {
    backend.pending = keys
    return [.input]
  }

  private let launched = ProcessKey(pid: 7, startTicks: 70)

  private func launching(_ view: ViewState) -> Loop {
    var stage = Stage(draw: { _, size in Canvas(size: size) })
    stage.program = WatchedProgram(descriptor: -1, key: launched) { "sh 7: exited with 3" }
    return Loop(backend: backend, stage: stage, view: view, time: time)
  }

  @Test("the end of what was launched ends the loop only where nothing else is watched")
  func programEnds() {
    var watching = launching(ViewState())
    watching.step([.programEnded])
    #expect(watching.shutdown == .leaving(.programEnded))
    for keys in [
      [ProcessKey(pid: 8, startTicks: 80)], [launched, ProcessKey(pid: 8, startTicks: 80)],
    ] {
      var view = ViewState()
      view.chosen = keys
      var other = launching(view)
      other.step([.programEnded])
      #expect(other.shutdown == .running)
      #expect(other.view.message == "sh 7: exited with 3")
      time.advance(by: 60)
      other.step([.deadline])
      #expect(other.view.message == "sh 7: exited with 3")
      other.step(type(.character("q")))
      #expect(other.shutdown == .leaving(.quit))
    }
  }

  @Test("what was launched and ends under the list of processes lets the person choose first")
  func programEndsUnderList() {
    var view = ViewState()
    view.isPicking = true
    var loop = launching(view)
    loop.step([.programEnded])
    #expect(loop.shutdown == .running)
    #expect(loop.view.message == "sh 7: exited with 3")
    loop.step(type(.escape))
    #expect(loop.shutdown == .leaving(.programEnded))
  }
}
