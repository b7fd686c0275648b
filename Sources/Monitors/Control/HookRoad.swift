/// By the command that the settings name for a program that is not linked.
struct HookRoad: Road {
  let name: Printable = "command"
  /// Runs a program to its end.
  var run: @Sendable (ProgramCall, Host, Moment) throws(SystemError) -> ProgramCall.Outcome = {
    call, host, deadline throws(SystemError) in try call.run(host: host, deadline: deadline)
  }

  func take(_ errand: Errand) throws(RoadFailure) -> Achievement {
    let kind = errand.order.action.kind
    let words = try HookRoad.words(errand, kind)
    var level: QualityLevel?
    if case .quality(let wish) = errand.order.action {
      if wish == .automatic {
        throw .cannot("a command sets a level and knows no automatic one: name a level")
      }
      level = try QualityWish.level(
        wish, current: errand.context.level ?? errand.context.suggested, errand.context)
    }
    let program = Printable(words.first ?? "")
    var call = ProgramCall(
      HookRoad.filled(words, pid: errand.target.handle.pid, level: level))
    call.variables["PERFTOP_PID"] = String(errand.target.handle.pid)
    if let level { call.variables["PERFTOP_LEVEL"] = level.name }
    let outcome: ProgramCall.Outcome
    do throws(SystemError) {
      outcome = try run(call, errand.host, errand.deadline)
    } catch { throw .failed("\(program): could not start: \(error.sentence)") }
    try HookRoad.check(outcome, program)
    return Achievement(lead: level.map { "quality \($0.title)" } ?? "")
  }

  private static func check(_ outcome: ProgramCall.Outcome, _ program: Printable)
    throws(RoadFailure)
  {
    if outcome.end == .exited(0) { return }
    let how = outcome.end?.words ?? "was still running at the deadline and was ended"
    let said: Printable = outcome.lastLine.isEmpty ? "" : ": \(outcome.lastLine)"
    throw .failed("\(program) \(how)\(said)")
  }

  /// The command that is configured for a process; the first entry that fits and has one.
  static func words(_ errand: Errand, _ kind: TargetAction.Kind) throws(RoadFailure) -> [String] {
    let identity = IdentityReader(
      files: errand.host.files, time: errand.host.time, handle: errand.target.handle,
      name: errand.target.name)
    let arguments = identity.arguments().list
    for settings in errand.context.targets {
      let words = settings.words(for: kind)
      guard !words.isEmpty, let pattern = try? CommandPattern(settings.match) else { continue }
      let line = arguments.joined(separator: " ")
      if pattern.isName(errand.target.name.text, arguments) || pattern.matches([line]) == [true] {
        return words
      }
    }
    throw .unfit("no \(Printable(kind.rawValue)): command under targets:")
  }

  /// Puts values in the place of whole arguments, and nowhere else.
  static func filled(_ words: [String], pid: Int32, level: QualityLevel?) -> [String] {
    words.enumerated().map { place, word in
      guard place > 0 else { return word }
      switch TargetSettings.Placeholder(rawValue: word) {
      case .pid: return String(pid)
      case .level: return level?.name ?? word
      case nil: return word
      }
    }
  }
}

extension TargetSettings {
  /// The command for a kind of action; empty where there is none.
  fileprivate func words(for kind: TargetAction.Kind) -> [String] {
    switch kind {
    case .collect: collect
    case .evict: evict
    case .quality: quality
    case .batch, .signal, .nice, .affinity: []
    }
  }
}
