import Monitors

/// Orders to the target.
extension PaletteOrder.Verb {
  /// What may stand behind those of them that reach the target.
  func targetChoices(in scene: Scene) -> [String] {
    switch self {
    case .evict:
      let ids = scene.snapshot?.evictables?.map(\.id) ?? []
      return ids.count > 1 ? ["all"] + ids : ids
    case .quality: return QualityLevel.allCases.map(\.name) + ["up", "down", "auto"]
    case .signal: return SignalName.offered.map(\.name)
    case .nice: return ["-10", "-5", "0", "5", "10", "19"]
    default: return []
    }
  }

  /// What is said of one of them in place of the verb's summary.
  func words(of choice: String, in scene: Scene) -> Printable? {
    switch self {
    case .evict:
      guard let found = evictable(choice, in: scene) else { return "all that does no harm" }
      let size = found.size.value?.text ?? found.size.absence?.sentence ?? ""
      return Printable(
        [found.title, size, found.note].filter { !$0.isEmpty }.map(\.text)
          .joined(separator: ", "))
    case .signal: return SignalName(choice)?.summary
    default: return nil
    }
  }

  /// The verb that is typed behind this one in its place, as where signals are offered and `nice 7` is meant.
  func instead(_ words: String) -> (verb: PaletteOrder.Verb, rest: String)? {
    guard self == .signal, let space = words.firstIndex(of: " "),
      let verb = PaletteOrder.Verb(rawValue: String(words[..<space])),
      verb == .nice || verb == .affinity
    else { return nil }
    return (verb, String(words[space...].drop { $0 == " " }))
  }

  /// Why one of them can't be chosen.
  func reason(of choice: String, in scene: Scene) -> Printable? {
    guard self == .evict, let found = evictable(choice, in: scene), !found.isPossible else {
      return nil
    }
    return found.note.isEmpty ? "not possible here" : found.note
  }

  private func evictable(_ id: String, in scene: Scene) -> Evictable? {
    scene.snapshot?.evictables?.first { $0.id == id }
  }

  /// Rows that stand below the choices, or in their place where there are none.
  func remarks(in scene: Scene) -> [PaletteEntry] {
    switch self {
    case .evict where scene.snapshot?.evictables == nil:
      return [PaletteEntry(.evict, reason: "still looking for what could be evicted")]
    case .evict where scene.snapshot?.evictables?.isEmpty == true:
      return [PaletteEntry(.evict, reason: "there is nothing to evict")]
    case .signal: return [PaletteEntry(.nice, reason: nil), PaletteEntry(.affinity, reason: nil)]
    default: return []
    }
  }

  /// The order that a word behind one of them makes.
  func targetOrder(_ word: String, in scene: Scene) -> Result<PaletteOrder, PaletteOrder.Refusal> {
    let words = word.split(separator: " ").map(String.init)
    let first = words.first ?? ""
    switch self {
    case .evict: return .success(.act(.evict(first == "all" ? [] : [first])))
    case .quality: return quality(first)
    case .batch:
      guard let size = Int(first), size >= 1 else { return refusal("not a size") }
      return .success(.act(.batch(size)))
    case .signal:
      guard let signal = SignalName(first) else { return refusal("no signal") }
      return confirmed(
        .signal(signal.number), words, "send \(Printable(signal.name)) to", in: scene)
    case .nice:
      guard let value = Int(first), (-20...19).contains(value) else {
        return refusal("only -20 to 19")
      }
      return confirmed(.nice(value), words, "give niceness \(value) to", in: scene)
    case .affinity:
      let count = scene.snapshot?.sample.system.processors ?? 1
      guard let list = ProcessorList(first, count: count) else {
        return refusal("processors are 0 to \(count - 1), written like 0-2,4")
      }
      return confirmed(
        .affinity(list.numbers), words, "keep to processors \(Printable(first))", in: scene)
    default: return refusal("no order")
    }
  }

  private func quality(_ word: String) -> Result<PaletteOrder, PaletteOrder.Refusal> {
    switch word {
    case "up": return .success(.act(.quality(.up)))
    case "down": return .success(.act(.quality(.down)))
    case "auto": return .success(.act(.quality(.automatic)))
    default:
      guard QualityLevel.allCases.contains(where: { $0.name == word }) else {
        return refusal("no level")
      }
      return .success(.act(.quality(.level(word))))
    }
  }

  /// The row that says so begins with the word.
  private func refusal(_ why: Printable) -> Result<PaletteOrder, PaletteOrder.Refusal> {
    .failure(PaletteOrder.Refusal(sentence: why))
  }

  /// What can't be taken back takes a word more than one key.
  private func confirmed(
    _ action: TargetAction, _ words: [String], _ question: Printable, in scene: Scene
  ) -> Result<PaletteOrder, PaletteOrder.Refusal> {
    guard words.dropFirst().first != PaletteOrder.consent else { return .success(.act(action)) }
    let target = scene.snapshot?.sample.target.value
    let name: Printable = target.map { "\($0.name) (\($0.pid))" } ?? "the target"
    return .failure(
      PaletteOrder.Refusal(
        sentence: "\(question) \(name)? type \(Printable(PaletteOrder.consent))",
        next: "\(rawValue) \(words.first ?? "") "))
  }
}

extension PaletteOrder {
  /// What is typed behind an order that can't be taken back.
  static let consent = "yes"
}

/// A set of processors as taskset(1) writes it: `0-2,4`.
struct ProcessorList: Equatable {
  let numbers: [Int]

  init?(_ text: String, count: Int) {
    var found: Set<Int> = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let ends = part.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
      guard (1...2).contains(ends.count), let low = ends[0], let high = ends[ends.count - 1],
        low >= 0, low <= high, high < count
      else { return nil }
      found.formUnion(low...high)
    }
    numbers = found.sorted()
  }
}
