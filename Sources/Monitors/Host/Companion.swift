internal import CSystem
import Glibc

/// A second process of this very program that ends when this one does.
///
/// It gets a pipe as its standard input on which nothing is ever said: the end of it is the end of its parent.
public struct Companion: Sendable {
  /// Its number.
  public let pid: Int32
  private let leash: Int32

  /// Starts this program again with other arguments.
  public init(arguments: [String]) throws(SystemError) {
    let (reading, writing) = try Descriptors.pipe()
    defer { close(reading) }
    let spawn = Spawn(
      program: Array(Launcher.ownExecutable.utf8),
      arguments: (["perftop"] + arguments).map { Array($0.utf8) },
      descriptors: [reading, STDOUT_FILENO, STDERR_FILENO])
    leash = writing
    do throws(SystemError) {
      pid = try spawn.start()
    } catch {
      close(writing)
      throw error
    }
  }

  /// Whether it has ended; a zombie is cleared away.
  public func hasEnded() -> Bool { waitpid(pid, nil, WNOHANG) != 0 }

  /// Lets it end.
  public func release() { _ = close(leash) }

  /// Rests, and says whether the parent of this process is still there: for a companion itself.
  public static func rest(milliseconds: Int32) -> Bool {
    Descriptors.wait(on: [STDIN_FILENO], milliseconds: milliseconds)[0] == 0
  }

  /// Rests, and says whether anybody still reads this program's output: for a program under a keeper.
  public static func restWhileRead(milliseconds: Int32) -> Bool {
    var request = pollfd(fd: STDOUT_FILENO, events: 0, revents: 0)
    return poll(&request, 1, milliseconds) <= 0
  }

  /// The name by which tools list this process.
  public static func rename(_ name: String) { _ = cs_set_thread_name(name) }

  /// From now on a polite request to end only lies there until it is looked for: for a program that tidies up first.
  public static func deferEnd() {
    var term = sigset_t()
    sigemptyset(&term)
    sigaddset(&term, SIGTERM)
    pthread_sigmask(SIG_BLOCK, &term, nil)
  }

  /// Whether such a request has come.
  public static var isAskedToEnd: Bool {
    var pending = sigset_t()
    return sigpending(&pending) == 0 && sigismember(&pending, SIGTERM) == 1
  }
}
