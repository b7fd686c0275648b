import Monitors

/// What can be asked for in the palette with a word behind it.
enum PaletteOrder: Sendable, Equatable {
  case theme(String)
  case interval(Double)
  /// The place in the list, from 1.
  case target(Int)
  case shelve(seconds: Double)
  /// A note to the selected alert.
  case note(String)
  /// Something the target is to do.
  case act(TargetAction)

  /// The words they begin with.
  enum Verb: String, CaseIterable, Sendable {
    case theme, interval, target, shelve, note
    case evict, quality, batch, signal, nice, affinity

    var placeholder: Printable {
      switch self {
      case .theme, .evict, .signal: "NAME"
      case .quality: "LEVEL"
      case .affinity: "LIST"
      case .interval, .shelve: "TIME"
      case .note: "TEXT"
      case .target, .batch, .nice: "NUMBER"
      }
    }

    var summary: Printable {
      switch self {
      case .theme: "use a theme"
      case .interval: "time between readings, such as 500ms or 2s"
      case .target: "show one of several targets"
      case .shelve: "shelve the selected alert, for 30m or 2h"
      case .note: "write to the selected alert what others should know"
      case .evict: "evict one of the target's caches"
      case .quality: "run the target at another quality"
      case .batch: "let the target make batches of this size"
      case .signal: "send the target a signal"
      case .nice: "how willingly the target yields, from -20 to 19"
      case .affinity: "the processors that the target may run on, such as 0-2,4"
      }
    }

    /// Why none of them can be done now, without the name; `nil` when one can.
    func reason(in scene: Scene) -> Printable? {
      switch self {
      case .theme: nil
      case .interval: scene.snapshot == nil ? "there is no reading yet" : nil
      case .target: Action.nextTarget.reason(in: scene)
      case .shelve, .note: Action.shelve.reason(in: scene)
      case .evict: Action.evict.reason(in: scene)
      case .quality: Action.qualityUp.reason(in: scene)
      case .batch: Action.collect.reason(in: scene)
      case .signal, .nice, .affinity: Action.signal.reason(in: scene)
      }
    }

    /// What may stand behind it, as far as that is a list.
    func choices(in scene: Scene) -> [String] {
      switch self {
      case .theme: scene.view.palette?.themes ?? []
      case .interval: ["100ms", "200ms", "500ms", "1s", "2s", "5s", "10s", "30s", "1m"]
      case .target: (0..<(scene.view.frozen ?? scene.snapshots).count).map { "\($0 + 1)" }
      case .shelve: ["10m", "30m", "2h", "8h"]
      default: targetChoices(in: scene)
      }
    }

    /// The order that a word behind it makes; the reason where it makes none.
    func order(_ word: String, in scene: Scene) -> Result<PaletteOrder, Refusal> {
      switch self {
      case .theme:
        let names = choices(in: scene)
        guard !names.isEmpty, !names.contains(word) else { return .success(.theme(word)) }
        let near = Nearest.match(word, among: names).map { "did you mean \($0)?" }
        let advice = near ?? "without a name all are listed"
        return .failure(Refusal(sentence: "there is no such theme; \(Printable(advice))"))
      case .interval:
        return Verb.seconds(word, within: Interval.limits, "10ms to a day").map(
          PaletteOrder.interval)
      case .shelve:
        let hours = 3600.0
        return Verb.seconds(word, within: 1...8 * hours, "1s to 8h").map(PaletteOrder.shelve)
      case .note: return .success(.note(word))
      case .target:
        let count = (scene.view.frozen ?? scene.snapshots).count
        guard let number = Int(word), (1...max(1, count)).contains(number) else {
          return .failure(Refusal(sentence: "there are targets 1 to \(count)"))
        }
        return .success(.target(number))
      default: return targetOrder(word, in: scene)
      }
    }

    private static func seconds(
      _ word: String, within limits: ClosedRange<Double>, _ span: Printable
    ) -> Result<Double, Refusal> {
      guard let seconds = TimeText.seconds(word) else {
        let sentence: Printable = "not a time; write 500ms, 2s or 30m"
        return .failure(Refusal(sentence: sentence))
      }
      guard limits.contains(seconds) else {
        return .failure(Refusal(sentence: "only \(span)"))
      }
      return .success(seconds)
    }
  }

  /// Why a word makes no order.
  struct Refusal: Error, Equatable {
    var sentence: Printable
    /// What to go on with, where only a word is missing.
    var next: String?
  }
}
