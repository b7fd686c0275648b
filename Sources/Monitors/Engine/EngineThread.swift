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
    Threads.start(name: "engine") {
      var engine = make()
      var cadence = Cadence(interval: engine.interval, from: host.time.now())
      var ticks = 0
      while true {
        let now = host.time.now()
        if cadence.wait(at: now) == 0 {
          cadence.advance(at: now)
          offer(engine.tick(at: now, late: cadence.late))
          ticks += 1
          if ticks == unsteadyTicks { OwnProgram.settleThread() }
        }
        guard cs_wait_readable(commands.descriptor, cadence.wait(at: host.time.now())) > 0 else {
          continue
        }
        for command in commands.takeAll() {
          let now = host.time.now()
          if case .interval(let seconds) = command { cadence.change(interval: seconds, at: now) }
          if command == .configure, let config = settings.take() { engine.configure(config) }
          offer(engine.perform(command, by: `operator`, at: now))
        }
      }
    }
  }
}
