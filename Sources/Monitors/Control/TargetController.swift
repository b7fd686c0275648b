internal import CSystem

/// Acts upon targets on a thread of its own: one action at a time, each with a deadline, each answered by a receipt.
///
/// Neither the engine nor the screen ever waits for it. An action that does not come back is given up: it costs one
/// sleeping thread, and what is wanted after it is refused until it has.
public enum TargetController {
  /// The port by which orders reach it and receipts come back; its thread begins with the first order.
  public static func port(host: Host, link: LinkExchange? = nil) -> ActionPort {
    ActionPort { start(host: host, port: $0, link: link) }
  }

  private static func start(host: Host, port: ActionPort, link: LinkExchange?) -> Bool {
    Threads.start(name: "actions") {
      let finished = BoundedQueue<ActionDispatcher.Finished>()
      let runner = ActionRunner(host: host, link: link)
      var dispatcher = ActionDispatcher(host: host, answers: port.answers) { job, number in
        Threads.start(name: "action") {
          let result = ActionDispatcher.result(of: job, by: runner)
          finished.offer(ActionDispatcher.Finished(number: number, result: result))
        }
      }
      while true {
        let wait = dispatcher.wait(at: host.time.now())
        let wake = [port.requests.descriptor, finished.descriptor]
        _ = cs_wait_any(wake, wake.count, wait)
        for request in port.requests.takeAll() { dispatcher.take(request) }
        for done in finished.takeAll() { dispatcher.finish(done) }
        dispatcher.step(at: host.time.now())
      }
    }
  }
}
