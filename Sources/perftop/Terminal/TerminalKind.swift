import Glibc
import Monitors

/// What is known of a terminal by its name and its environment, without asking it anything.
struct TerminalKind: Sendable, Equatable {
  let name: String

  /// Old and simple ones, that show what they do not understand.
  private var isSimple: Bool {
    ["dumb", "vt", "ansi", "cons", "sun", "linux", "hurd", "cygwin"].contains {
      name.hasPrefix($0)
    }
  }

  /// Whether a frame may be marked, to be shown at once; those that do not know the marks ignore them.
  var hasFrameMarks: Bool { !isSimple && !name.hasPrefix("screen") }

  /// Whether mouse and paste reports can be asked for.
  var hasReports: Bool { !isSimple }

  /// Whether its fonts have more than letters.
  var hasGlyphs: Bool { !isSimple }

  /// Names under which the same terminal has direct colours, if the machine knows them.
  func directNames(_ environment: (String) -> String?, isForced: Bool) -> [String] {
    let promises = ["truecolor", "24bit"].contains(environment("COLORTERM") ?? "")
    guard promises || isForced, !isSimple else { return [] }
    let family = name.split(separator: "-").first.map(String.init) ?? name
    return family == "xterm" ? ["xterm-direct"] : ["\(family)-direct", "xterm-direct"]
  }

  /// Sets the locale for characters, and nothing else: numbers stay as they are in every language.
  ///
  /// A machine often lacks the locale that the person's own machine named; that it said UTF-8 is enough.
  static func prepareLocale(_ environment: (String) -> String?, asked: GlyphSet?) -> GlyphSet {
    let known = setlocale(LC_CTYPE, "") != nil
    if !known, promisesUTF8(environment) { setlocale(LC_CTYPE, "C.UTF-8") }
    let isUTF8 = String(cString: nl_langinfo(nl_item(CODESET))) == "UTF-8"
    let glyphs = asked ?? (isUTF8 ? .unicode : .ascii)
    if glyphs == .unicode, !isUTF8 { setlocale(LC_CTYPE, "C.UTF-8") }
    return glyphs
  }

  private static func promisesUTF8(_ environment: (String) -> String?) -> Bool {
    let values = ["LC_ALL", "LC_CTYPE", "LANG"].compactMap { environment($0) }
    let value = values.first { !$0.isEmpty } ?? ""
    let lower = value.lowercased()
    return lower.hasSuffix("utf-8") || lower.hasSuffix("utf8")
  }

  /// Another user's terminal description must not be read with root's rights.
  static func distrustEnvironment(_ host: Host) -> String? {
    guard geteuid() == 0 || geteuid() != getuid() else { return nil }
    for name in ["TERMINFO", "TERMINFO_DIRS", "TERMCAP"] { unsetenv(name) }
    guard let home = host.environment("HOME"),
      let status = try? host.files.status("\(home)/.terminfo", in: nil, following: true),
      status.owner != geteuid()
    else { return nil }
    unsetenv("HOME")
    return home
  }
}
