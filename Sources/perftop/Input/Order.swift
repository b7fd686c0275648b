import Monitors

/// What can be asked for in the palette with a word behind it.
enum Order: Sendable, Equatable {
  case theme(String)
  case interval(Double)
  /// The place in the list, from 1.
  case target(Int)
  case shelve(seconds: Double)

  /// The words they begin with.
  enum Verb: String, CaseIterable, Sendable {
    case theme, interval, target, shelve

    var placeholder: Printable {
      switch self {
      case .theme: "NAME"
      case .interval, .shelve: "TIME"
      case .target: "NUMBER"
      }
    }

    var summary: Printable {
      switch self {
      case .theme: "use a theme"
      case .interval: "time between readings, such as 500ms or 2s"
      case .target: "show one of several targets"
      case .shelve: "shelve the selected alert, for 30m or 2h"
      }
    }

    /// Why none of them can be done now, without the name; `nil` when one can.
    func reason(in scene: Scene) -> Printable? {
      switch self {
      case .theme: nil
      case .interval: scene.snapshot == nil ? "there is no reading yet" : nil
      case .target: Action.nextTarget.reason(in: scene)
      case .shelve: Action.shelve.reason(in: scene)
      }
    }

    /// What may stand behind it, as far as that is a list.
    func choices(in scene: Scene) -> [String] {
      switch self {
      case .theme: scene.view.palette?.themes ?? []
      case .interval: ["100ms", "200ms", "500ms", "1s", "2s", "5s", "10s", "30s", "1m"]
      case .target: (0..<(scene.view.frozen ?? scene.snapshots).count).map { "\($0 + 1)" }
      case .shelve: ["10m", "30m", "2h", "8h"]
      }
    }

    /// The order that a word behind it makes; the reason where it makes none.
    func order(_ word: String, in scene: Scene) -> Result<Order, Refusal> {
      switch self {
      case .theme:
        let names = choices(in: scene)
        guard !names.isEmpty, !names.contains(word) else { return .success(.theme(word)) }
        let near = Nearest.match(word, among: names).map { "did you mean \($0)?" }
        let advice = near ?? "without a name all are listed"
        return .failure(Refusal(sentence: "there is no such theme; \(Printable(advice))"))
      case .interval:
        return Verb.seconds(word, within: Interval.limits, "10ms to a day").map(Order.interval)
      case .shelve:
        let hours = 3600.0
        return Verb.seconds(word, within: 1...8 * hours, "1s to 8h").map(Order.shelve)
      case .target:
        let count = (scene.view.frozen ?? scene.snapshots).count
        guard let number = Int(word), (1...max(1, count)).contains(number) else {
          return .failure(Refusal(sentence: "\(Printable(word)): there are targets 1 to \(count)"))
        }
        return .success(.target(number))
      }
    }

    private static func seconds(
      _ word: String, within limits: ClosedRange<Double>, _ span: Printable
    ) -> Result<Double, Refusal> {
      guard let seconds = TimeText.seconds(word) else {
        let sentence: Printable = "\(Printable(word)): not a time; write 500ms, 2s or 30m"
        return .failure(Refusal(sentence: sentence))
      }
      guard limits.contains(seconds) else {
        return .failure(Refusal(sentence: "\(Printable(word)): only \(span)"))
      }
      return .success(seconds)
    }
  }

  /// Why a word makes no order.
  struct Refusal: Error, Equatable {
    var sentence: Printable
  }
}
