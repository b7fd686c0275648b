import Glibc

/// The person who typed `sudo`: a program started for them must not run as root by accident.
struct CallingUser: Equatable {
  let user: uid_t
  let group: gid_t
  let name: String
  let home: String

  /// Who called, where this runs as root by sudo and the caller is somebody else.
  ///
  /// - Throws: `EINVAL` where sudo's variables name nobody: then it must not be guessed who runs.
  static func behindSudo(_ environment: (String) -> String?) throws(SystemError) -> CallingUser? {
    guard geteuid() == 0, let text = environment("SUDO_UID") else { return nil }
    guard let user = uid_t(text), let group = gid_t(environment("SUDO_GID") ?? "") else {
      throw SystemError(EINVAL)
    }
    return user == 0 ? nil : CallingUser(user: user, group: group)
  }

  /// Looks somebody up; a number that no name belongs to is good enough.
  init(user: uid_t, group: gid_t) {
    self.user = user
    self.group = group
    var entry = passwd()
    var found: UnsafeMutablePointer<passwd>?
    var text = [CChar](repeating: 0, count: 16384)
    getpwuid_r(user, &entry, &text, text.count, &found)
    name = found?.pointee.pw_name.map { String(cString: $0) } ?? ""
    home = found?.pointee.pw_dir.map { String(cString: $0) } ?? ""
  }

  /// Makes the calling process theirs, for good: groups, identity and the variables that name a person.
  func become() throws(SystemError) {
    let groups = name.isEmpty ? setgroups(0, nil) : initgroups(name, group)
    guard groups == 0, setgid(group) == 0, setuid(user) == 0 else { throw .last }
    if !home.isEmpty { setenv("HOME", home, 1) }
    for variable in ["USER", "LOGNAME"] where !name.isEmpty { setenv(variable, name, 1) }
  }

  /// `alice (1000)`, or the number alone.
  var words: Printable { name.isEmpty ? "user \(user)" : "\(Printable(name)) (\(user))" }
}
