import Monitors

@testable import perftop

/// The parts of perftop(1) that are lists, made from those that the program obeys.
enum ManualPage {
  static let document = MadeDocument(name: "docs/perftop.1", marks: .manual)

  static let present = CommandName.allCases.filter { $0.standing == .present }
  static let options = OptionName.allCases.filter { !$0.isLater }

  /// A row of the table of settings.
  struct Setting {
    var name: String
    var usual: String
    var range: String
    var summary: String
  }

  static let version = Manual.text("This is the manual of version \(Version.number).")

  static var synopsis: [String] {
    present.flatMap(\.forms).flatMap { form, _ in
      let words = Manual.words(form, dropping: "perftop").dropFirst()
      return [".Nm"] + (words.isEmpty ? [] : [".\(words)"])
    }
  }

  /// Each command with what to know of it, and the options that only it has.
  static var commands: [String] {
    let items = present.flatMap { command in
      command.forms.map { form in
        [".It Nm" + Manual.words(form.form, dropping: "perftop")] + Manual.sentence(form.meaning)
      }.joined() + Manual.paragraph(command.description)
    }
    return [".Bl -tag -width Ds"] + items + [".El"]
  }

  /// Every option, with the commands that know it where not all do.
  static var optionList: [String] {
    let items = options.flatMap { option in
      [".It" + Manual.flags(option)] + Manual.sentence(option.summary) + knowers(option)
    }
    return [".Bl -tag -width Ds"] + items + [".El"]
  }

  private static func knowers(_ option: OptionName) -> [String] {
    guard !option.commands.isEmpty else { return [] }
    let names = option.commands.map { command in
      switch command {
      case .watch: "the live screen"
      case .launch: "\\-\\- COMMAND"
      default: ".Cm \(command.rawValue)"
      }
    }
    return ["Known to"]
      + names.enumerated().map { place, name in
        let mark = place == names.count - 1 ? "." : ","
        return name + (name.hasPrefix(".") ? " \(mark)" : mark)
      }
  }

  /// The keys that act in this version, of the panes and then of the list of processes.
  static var keys: [String] {
    let acting = Action.allCases.filter { !$0.isLater }
    let ofList = acting.filter { $0.place == .picker }
    return table(acting.filter { $0.place != .picker })
      + (ofList.isEmpty ? [] : [".Pp", "In the list of processes:"] + table(ofList))
  }

  static var laterKeys: [String] {
    let later = Action.allCases.filter(\.isLater)
    guard !later.isEmpty else { return [] }
    let words = [
      ".Pp", "These have their keys, but nothing to act on in this version;",
      "they answer with the reason:",
    ]
    return words + table(later)
  }

  private static func table(_ actions: [Action]) -> [String] {
    let items = actions.flatMap { action in
      [".It" + Manual.keys(of: action)] + Manual.text("\(action.summary)")
    }
    return [".Bl -tag -compact -width \"shift-tab \""] + items + [".El"]
  }

  static var statuses: [String] {
    let items = ExitStatus.allCases.flatMap { status in
      [".It \(status.rawValue)"] + Manual.text(status.meaning)
    }
    return [".Bl -tag -compact -width Ds"] + items + [".El", ".Pp"]
      + Manual.paragraph(ExitStatus.ofProgram)
  }

  static func settings(_ settings: [Setting]) -> [String] {
    let items = settings.flatMap { setting in
      let bounds = setting.range.isEmpty ? "" : "; \(setting.range)"
      return [".It Li \(Manual.argument(setting.name))"] + Manual.sentence(setting.summary)
        + Manual.text("Default: \(setting.usual)\(bounds).")
    }
    return [".Bl -tag -width Ds"] + items + [".El"]
  }
}
