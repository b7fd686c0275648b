public import Monitors
import Synchronization

/// Directories whose changes a test makes up.
public final class FakeDirectoryWatching: DirectoryWatching, DirectoryWatch {
  private struct State {
    var watched: [String] = []
    var events: [DirectoryEvent] = []
    var refusals: [String: Int32] = [:]
  }

  private let state = Mutex(State())

  /// Watches nothing yet.
  public init() {}

  /// The directories that were added.
  public var watched: [String] { state.withLock { $0.watched } }

  /// Makes adding a directory fail.
  public func refuse(_ path: String, with code: Int32) {
    state.withLock { $0.refusals[path] = code }
  }

  /// Lets something happen in a watched directory; in one that is not watched nobody hears of it.
  public func happen(_ kind: DirectoryEvent.Kind, _ name: String, in path: String) {
    state.withLock { state in
      guard let watch = state.watched.firstIndex(of: path) else { return }
      state.events.append(DirectoryEvent(watch: Int32(watch), kind: kind, name: name))
    }
  }

  /// Lets the kernel lose events.
  public func overflow() {
    state.withLock { $0.events.append(DirectoryEvent(watch: -1, kind: .overflow)) }
  }

  /// Gives itself.
  public func open() throws(SystemError) -> any DirectoryWatch { self }

  /// Watches one more directory.
  public func add(_ path: String) throws(SystemError) -> Int32 {
    if let code = state.withLock({ $0.refusals[path] }) { throw SystemError(code) }
    return state.withLock { state in
      if let known = state.watched.firstIndex(of: path) { return Int32(known) }
      state.watched.append(path)
      return Int32(state.watched.count - 1)
    }
  }

  /// Forgets nothing: numbers must stay.
  public func remove(_ watch: Int32) {}

  /// What happened since this was asked last.
  public func takeEvents() -> [DirectoryEvent] {
    state.withLock { state in
      defer { state.events = [] }
      return state.events
    }
  }
}
