/// What a target's probe wants of the thread of links: its newest news, from these processes.
struct LinkQuestion: Sendable {
  var subjects: [LinkFinder.Subject]
  /// Whether to look for sockets that are not connected to yet.
  var isLooking: Bool
  var answers: Mailbox<[LinkNews]>
}

/// Questions by target; no question takes a target's connections down.
struct LinkQuestions: Sendable {
  var byTarget: [UInt64: LinkQuestion?] = [:]

  /// The newer question of a target is the one that counts, but a wish to look is kept.
  static func join(_ older: LinkQuestions, _ newer: LinkQuestions) -> LinkQuestions {
    var all = older
    for (target, question) in newer.byTarget {
      var question = question
      if let before = older.byTarget[target] ?? nil, before.isLooking {
        question?.isLooking = true
      }
      all.byTarget[target] = .some(question)
    }
    return all
  }
}
