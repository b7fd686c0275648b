internal import CSystem
import Glibc

/// Sends one message over the network, so that the monitor itself has nothing to do with TLS, SMTP and HTTP.
///
/// What is to be sent stands on standard input, what became of it is one line on standard output.
@main
enum Deliver {
  static func main() {
    harden()
    let answer: String
    do throws(Mistake) {
      let job = try Job.read(STDIN_FILENO)
      giveUpRoot()
      answer = try Transfer(job).perform()
    } catch {
      answer = Answer(.refused, "not a job: \(error.sentence)").line(without: [])
    }
    let bytes = Array(answer.utf8)
    _ = write(STDOUT_FILENO, bytes, bytes.count)
    // A name that is still being looked up would be waited for by an ordinary end.
    _exit(0)
  }

  /// What is in its memory is for nobody: no core file, no debugger.
  private static func harden() {
    var nothing = rlimit(rlim_cur: 0, rlim_max: 0)
    setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &nothing)
    cs_keep_private()
    signal(SIGPIPE, SIG_IGN)
    // Longer than any job may take.
    let longest: UInt32 = 75
    alarm(longest)
  }

  /// Speaking with the network needs no rights; where there is no such user, root is none either.
  private static func giveUpRoot() {
    guard geteuid() == 0 else { return }
    let nobody: UInt32 = 65534
    setgroups(0, nil)
    setgid(nobody)
    setuid(nobody)
  }
}
