internal import CSystem

/// Runs an engine on a thread of its own, which alone can reach it.
///
/// Samples never wait for the screen: snapshots are offered, not handed over.
public enum EngineThread {
  /// The first ticks find out what never changes; later ones need less.
  private static let unsteadyTicks = 3

  /// Starts ticking; `make` runs on the new thread, so that nothing of the engine is ever shared.
  public static func start(
    host: Host, commands: BoundedQueue<Command>, settings: Mailbox<Config>, operator: Printable,
    offer: @escaping @Sendable ([Snapshot]) -> Void, make: @escaping @Sendable () -> Engine
  ) -> Bool {
    let desk = CommandDesk(
      host: host, commands: commands, settings: settings, operator: `operator`, offer: offer)
    return Threads.start(name: "engine") {
      var engine = make()
      var cadence = Cadence(interval: engine.interval, from: host.time.now())
      var ticks = 0
      // What is wanted from the start is in the first readings.
      desk.carryOut(on: &engine, &cadence)
      while true {
        let now = host.time.now()
        if cadence.wait(at: now) == 0 {
          cadence.advance(at: now)
          offer(engine.tick(at: now, late: cadence.late))
          ticks += 1
          if ticks >= unsteadyTicks { OwnProgram.restThread() }
        }
        let wake =
          [commands.descriptor, engine.actions?.answers.descriptor ?? -1]
          + (engine.desk?.descriptors ?? [])
        guard cs_wait_any(wake, wake.count, cadence.wait(at: host.time.now())) > 0 else {
          continue
        }
        desk.carryOut(on: &engine, &cadence)
        desk.showAnswers(on: &engine)
        desk.showNews(on: &engine)
      }
    }
  }
}

/// Brings what an operator wants to the engine.
private struct CommandDesk: Sendable {
  let host: Host
  let commands: BoundedQueue<Command>
  let settings: Mailbox<Config>
  let `operator`: Printable
  let offer: @Sendable ([Snapshot]) -> Void

  func showAnswers(on engine: inout Engine) {
    let answers = engine.actions?.answers.takeAll() ?? []
    if !answers.isEmpty { offer(engine.note(answers)) }
  }

  func showNews(on engine: inout Engine) {
    let snapshots = engine.learnAlerts(at: host.time.now())
    if !snapshots.isEmpty { offer(snapshots) }
  }

  func carryOut(on engine: inout Engine, _ cadence: inout Cadence) {
    for command in commands.takeAll() {
      let now = host.time.now()
      switch command {
      case .interval(let seconds): cadence.change(interval: seconds, at: now)
      // New targets are looked at at once, and again after a whole interval.
      case .watch: cadence.change(interval: engine.interval, at: now)
      case .configure: if let config = settings.take() { engine.configure(config) }
      default: break
      }
      let snapshots = engine.perform(command, by: `operator`, at: now)
      if !snapshots.isEmpty { offer(snapshots) }
    }
  }
}
