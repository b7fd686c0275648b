import Monitors

/// What one command line asks for.
struct Invocation: Sendable, Equatable {
  /// What to do.
  enum Task: Sendable, Equatable {
    case watch(Targets)
    case launch(Launch)
    /// `nil` seconds: until the person leaves.
    case demo(seconds: Double?)
    case snapshot(Targets, Output)
    case check(Targets, Check)
    case send(Send)
    case doctor(Targets)
    case config(ConfigQuestion)
    case themes(Themes)
    case analyze(Analysis)
    case alerts(Alerts)
    /// `nil`: by every channel.
    case testChannels(named: String?, isJSON: Bool)
    /// `nil`: help about perftop as a whole.
    case help(CommandName?)
    case version
    case resetTerminal
    /// Hidden: what stays with a launched program; its arguments as they came.
    case keep([String])
    /// Hidden: the program that the demo watches; its arguments as they came.
    case robot([String])
  }

  /// Which processes; none and no name means the machine alone.
  struct Targets: Sendable, Equatable {
    var pids: [Int32] = []
    var name: String?

    var isEmpty: Bool { pids.isEmpty && name == nil }
  }

  /// A program to start and watch.
  struct Launch: Sendable, Equatable {
    var command: [String]
    var endsWithPerftop = false
    var keepsRoot = false
  }

  /// What is asked about the settings.
  enum ConfigQuestion: Sendable, Equatable {
    case path, defaults
    /// `nil`: the file that is used.
    case check(String?)
  }

  /// How a snapshot is written.
  struct Output: Sendable, Equatable {
    enum Format: Sendable, Equatable { case text, json, jsonLines }
    var format = Format.text
    /// How many; `nil` means until told to stop.
    var count: Int? = 1
  }

  /// How long is watched before a launch, and what stops it.
  struct Check: Sendable, Equatable {
    var seconds = 10.0
    var failOn = Severity.critical
    var isJSON = false

    /// What can stop a launch.
    static let limits: [Severity] = [.info, .warning, .critical, .emergency]
  }

  /// Something that processes are to do.
  struct Send: Sendable, Equatable {
    var action: TargetAction
    var pids: [Int32]
    /// Whether a road may be taken that the screen would ask about.
    var accepts = false
  }

  /// Which series are to be judged.
  struct Analysis: Sendable, Equatable {
    enum Subject: String, Sendable, CaseIterable { case memory, latency }
    var subject: Subject
    var files: [String]
    var isJSON = false
    var isExplained = false
  }

  /// What is asked of the list of alerts that all screens share.
  struct Alerts: Sendable, Equatable {
    enum Wish: Sendable, Equatable {
      case list
      case deed(JournalDeed, id: String)
      case acknowledgeAll
      case history(JournalSearch)
      case figures
    }

    var wish: Wish
    var isJSON = false
  }

  /// What is asked about themes.
  enum Themes: Sendable, Equatable {
    case list
    /// `nil`: the one the screen begins with.
    case show(String?)
  }

  /// How many colours are used, where the person overrules what the terminal says.
  enum Colours: String, Sendable, CaseIterable {
    case truecolor
    case many = "256"
    case sixteen = "16"
    case eight = "8"
    case off
  }

  /// What holds for every task.
  struct Options: Sendable, Equatable {
    /// Seconds between readings; `nil` leaves it to the settings.
    var delay: Double?
    /// The file with the settings.
    var config: String?
    /// A theme's name or file.
    var theme: String?
    var themesDirectory: String?
    var colours: Colours?
    var isASCII = false
    var isReadOnly = false
    /// A directory whose `proc` and `sys` are read in place of the machine's.
    var sysroot: String?
    var includesChildren = true
  }

  var task: Task
  var options = Options()
}
