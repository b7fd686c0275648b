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

  /// Names that stand for one program each, all of which have 24 bits of colour and show frames at once.
  private var isModern: Bool {
    let names = ["kitty", "alacritty", "foot", "wezterm", "ghostty", "contour", "rio"]
    let own = name.hasPrefix("xterm-") ? name.dropFirst("xterm-".count) : name[...]
    return names.contains { own == $0 || own.hasPrefix("\($0)-") }
  }

  /// Whether a frame is surely shown at once when it is marked; of others it is asked.
  var hasFrameMarks: Bool { isModern }

  /// Whether it can be asked what it is able to: one that does not know the question stays silent.
  var answersQuestions: Bool { !isSimple && !name.hasPrefix("screen") }

  /// Whether mouse and paste reports can be asked for.
  var hasReports: Bool { !isSimple }

  /// Whether its fonts have more than letters.
  var hasGlyphs: Bool { !isSimple }

  /// Whether it is known to show 24 bits of colour, but for what its description says.
  func promisesDirect(_ environment: (String) -> String?) -> Bool {
    guard !isSimple, !isInScreen(environment) else { return false }
    return isModern
      || ["truecolor", "24bit"].contains(environment("COLORTERM")?.lowercased() ?? "")
  }

  /// Whether what its description says of 24 bits of colour is so: not of one inside GNU screen.
  func believesDescription(_ environment: (String) -> String?) -> Bool {
    !isSimple && !isInScreen(environment)
  }

  /// GNU screen hands on what its own terminal promises, and can not do it.
  private func isInScreen(_ environment: (String) -> String?) -> Bool {
    let isInTmux = environment("TMUX")?.isEmpty == false
    return !isInTmux && (name.hasPrefix("screen") || environment("STY")?.isEmpty == false)
  }

  /// Names to look up, the best first: a description of the same terminal with more colours where these are wanted, and
  /// a common one where a machine has not heard of a new terminal yet.
  func descriptions(_ environment: (String) -> String?, asked: Palette?) -> [String] {
    let wantsMany = asked == .truecolor || asked == .indexed256 || asked == nil
    let hasMany = isModern || name.hasSuffix("256color") || name.hasSuffix("-direct")
    var names = [name]
    if wantsMany, !hasMany, !isSimple, asked != nil || promisesDirect(environment) {
      names.insert("\(name)-256color", at: 0)
    }
    return isModern ? names + ["xterm-256color"] : names
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

  /// Another user's terminal description must not be read with root's rights: says which home was put out of sight.
  static func distrustEnvironment(_ host: Host) -> String? {
    guard geteuid() == 0 || geteuid() != getuid() else { return nil }
    for name in ["TERMINFO", "TERMINFO_DIRS", "TERMCAP"] { unsetenv(name) }
    guard let home = host.environment("HOME"), !home.isEmpty else { return nil }
    let isOurs = ["", "/.terminfo"].allSatisfy { place in
      let status = try? host.files.status(home + place, in: nil, following: true)
      return status.map { $0.owner == geteuid() } ?? !place.isEmpty
    }
    if isOurs { return nil }
    unsetenv("HOME")
    return home
  }
}
