/// What an operator wants changed in the world, as opposed to on the screen.
public enum Command: Sendable, Equatable {
  /// Accept one alert, by its id; by its key too where several targets may have alerts of one id.
  case acknowledge(String, of: AlertKey? = nil)
  /// Accept every alert that is firing.
  case acknowledgeAll
  /// Hide one alert for a time in seconds.
  case shelve(String, of: AlertKey? = nil, seconds: Double)
  /// Write a note to an alert, by its id; an empty one takes the note away.
  case note(String, of: AlertKey? = nil, text: String)
  /// Take back the last acknowledge or shelve.
  case undo
  /// Change how often samples are taken, in seconds.
  case interval(Double)
  /// Go by the settings that were left beside the commands.
  case configure
  /// Take a roster of all processes with each sample, or no longer.
  case browse(Bool)
  /// Watch these processes from now on; those that are watched already keep their history.
  case watch([ProcessKey])
  /// Make the target do something.
  case act(Order)
  /// Find out what could be evicted from this process.
  case survey(ProcessKey)
}

/// What became of a command: who asked, when, by which road, with what outcome.
public struct Receipt: Sendable, Equatable {
  /// When it was done.
  public var at: Moment
  /// Who asked: a user name, with the SSH origin where there is one.
  public var who: Printable
  /// One line that begins with a verb and tells what happened.
  public var outcome: Printable
  /// The part of it that matters most, where it is long; for where there is one line.
  public var brief: Printable?
  /// The order it is about; 0 where it is about none.
  public var order: UInt64 = 0
  /// `gc`, `evict=frames`, `quality=down`: what was asked for, as `perftop send` takes it; empty where it is about no order.
  public var action: Printable = ""
  /// The road that was taken: `link`, `JVM attach`; `nil` where none was.
  public var road: Printable?
  /// How things stood before.
  public var before: Footprint?
  /// How they stood after: on completion, and from ten seconds later on as of then.
  public var after: Footprint?
  /// How long it took, in seconds.
  public var seconds: Double?
  /// What was asked for, where somebody waits for the answer.
  public var command: Command?
  /// What has to be accepted before it is done, where that is why it was refused.
  public var question: Printable?

  /// Writes a receipt.
  public init(at: Moment, who: Printable, outcome: Printable, command: Command? = nil) {
    self.at = at
    self.who = who
    self.outcome = outcome
    self.command = command
  }

  /// Whether an operator at this screen, or a command, is what it is about.
  public var isOwn: Bool { order < Order.firstTold }
  /// Whether this perftop did it, for an operator or by itself.
  var isOwnDoing: Bool { isOwn || order >= Order.firstAutomatic }

  /// Whether nothing was done.
  public var isRefusal: Bool { outcome.isRefusal }
}

extension Printable {
  /// Whether an outcome says that nothing was done.
  var isRefusal: Bool { text.hasPrefix("refused:") }
}
