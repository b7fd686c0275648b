/// The list of settings as text: a file of defaults, and the table of the manual.
public enum ConfigText {
  private static let width = 78

  /// A file with every setting at its default on a machine, each with what it means.
  public static func defaults(on machine: Host) -> String {
    var config = Config()
    let profile = Profile.recognised(on: machine)
    profile.apply(to: &config)
    var lines = [
      "# perftop: every setting at its default here, the profile being \(profile.rawValue).",
      "# Keep the lines that you change; what is left out keeps its default.",
      "# perftop config check says what is wrong with a file; kill -USR2 makes perftop",
      "# read it again while it runs.", "",
    ]
    for setting in Settings.all where setting.section == nil && setting.isPlain {
      lines += described(setting, config, indent: "")
    }
    for section in Settings.sections {
      lines += ["", "# \(section.name): \(section.summary)", "\(section.name):"]
      for setting in Settings.all where setting.section == section.name {
        lines += described(setting, config, indent: "  ")
        if !setting.isPlain { lines += example(setting) }
      }
    }
    for setting in Settings.all where !setting.isPlain && setting.section == nil {
      lines += [""] + described(setting, config, indent: "") + example(setting)
    }
    return lines.map { $0 + "\n" }.joined()
  }

  private static func described(_ setting: Setting, _ config: Config, indent: String) -> [String] {
    let text = "\(setting.summary) (\(setting.rangeText)). \(setting.effect.sentence)"
    let value = setting.kind.text(setting.read(config))
    return wrapped(text, indent: indent) + ["\(indent)\(setting.key): \(value)"]
  }

  private static func wrapped(_ text: String, indent: String) -> [String] {
    var lines: [String] = []
    for word in text.split(separator: " ") {
      if let last = lines.last, last.count + 1 + word.count <= width {
        lines[lines.count - 1] = "\(last) \(word)"
      } else {
        lines.append("\(indent)# \(word)")
      }
    }
    return lines
  }

  private static func example(_ setting: Setting) -> [String] {
    switch setting.kind {
    case .targets:
      [
        "#  - match: lane_detector",
        "#    quality: [rosparam, set, /camera/quality, \"{level}\"]",
        "#    gc: [jcmd, \"{pid}\", GC.run]",
        "# No shell reads these; {level} and {pid} stand for whole arguments.",
      ]
    case .channels:
      [
        "  #  - name: team",
        "  #    kind: webhook          # or mail, or command",
        "  #    url_file: /etc/perftop/team.url",
        "  #    severity: critical",
      ]
    case .rules:
      [
        "  #  - name: collector-queue",
        "  #    metric: gauges.queue",
        "  #    above: 500",
        "  #    for: 30s",
        "  #    message: \"{value} episodes wait, more than {threshold}\"",
        "  # docs/CONFIG.md has all that a rule can say and watch.",
      ]
    case .bindings:
      ["#  zoom: [enter, z]", "#  next-theme: f9", "# perftop config check knows the names."]
    default: []
    }
  }

  /// The table of the manual, a line each.
  public static var table: [String] {
    ["| setting | default | may be | what it means |", "|---|---|---|---|"]
      + Settings.all.map { setting in
        let later = setting.effect == .now ? "" : " (\(setting.effect.rawValue))"
        return "| `\(setting.name)` | \(setting.usualText) | \(setting.rangeText) "
          + "| \(setting.summary)\(later) |"
      }
  }
}

extension Setting {
  /// Whether it is one line of a file.
  fileprivate var isPlain: Bool {
    ![.targets, .bindings, .channels, .rules].contains(kind)
  }
}
