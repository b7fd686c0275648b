import Glibc

/// Who sits at the screen, for what operators share.
public enum Operator {
  /// Whether perftop runs as root, who must not obey what others can change.
  public static var isRoot: Bool { geteuid() == 0 }

  /// By the environment, else by the list of users: `pi`, or `pi from 10.0.0.7` over SSH, or `root (sudo by pi)`.
  public static func name(_ environment: (String) -> String?) -> Printable {
    let user = environment("LOGNAME") ?? environment("USER") ?? Person.running.name.text
    let sudo = environment("SUDO_USER").map { " (sudo by \($0))" } ?? ""
    let origin =
      environment("SSH_CONNECTION")?.split(separator: " ").first.map { " from \($0)" } ?? ""
    return Printable(user + sudo + origin)
  }
}
