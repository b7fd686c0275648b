import Monitors

/// `perftop config`: where the settings are, what is wrong with them, and what could be set.
struct ConfigCommand {
  let file: ConfigFile
  let machine: Host
  let options: Invocation.Options

  /// What goes to standard output, what to standard error, and how it ends.
  struct Answer: Equatable {
    var output = ""
    var errors = ""
    var status: Int32 = 0
  }

  func answer(_ question: Invocation.ConfigQuestion) -> Answer {
    do throws(ConfigFile.Failure) {
      switch question {
      case .path: return try path()
      case .check: return check(try file.load(machine: machine))
      case .defaults: return Answer(output: ConfigText.defaults(on: machine))
      }
    } catch {
      return Answer(errors: UsageError(error).lines, status: UsageError.exitStatus)
    }
  }

  private func path() throws(ConfigFile.Failure) -> Answer {
    let location = try file.location()
    var answer = Answer(output: "\(Printable(location.path))\n")
    answer.errors = location.refused.map { "\($0.text)\n" }.joined()
    guard location.refused.isEmpty else {
      if !location.isUsed {
        answer.errors += "perftop: no config file is used: the defaults hold\n"
      }
      answer.status = UsageError.exitStatus
      return answer
    }
    if !location.isUsed { answer.errors = "perftop: no config file there yet: the defaults hold\n" }
    return answer
  }

  private func check(_ loaded: LoadedConfig) -> Answer {
    let themes = ThemeCatalogue.installed(themesDirectory: options.themesDirectory)
    let problems = ScreenSettings(loaded, machine: machine, options: options, themes: themes)
      .complaints
    guard problems.isEmpty else {
      return Answer(
        output: problems.map { "\($0.text)\n" }.joined(), status: UsageError.exitStatus)
    }
    guard let path = loaded.file else {
      return Answer(output: "no config file: the defaults hold\n")
    }
    return Answer(output: "\(Printable(path)): ok, \(Counted.settings(loaded.count))\n")
  }
}

extension UsageError {
  init(_ failure: ConfigFile.Failure) {
    self.init(failure.what.text, failure.why, advice: failure.advice)
  }
}
