import Monitors

/// The live screen: an engine on its own thread, a mailbox between, and the loop on this one.
@MainActor
struct WatchCommand {
  let host: Host
  let config: Config
  let options: Invocation.Options
}
