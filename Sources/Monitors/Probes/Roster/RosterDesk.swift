/// Hands questions to a clerk and notices when one of them keeps him for ever; then another clerk goes on without it.
struct RosterDesk: Sendable {
  private let reader: RosterReader
  private let isInline: Bool
  private var clerk: RosterClerk?
  private var open: ArraySlice<RosterQuestion> = []
  private var heardAt: Moment?
  private var piece = RosterDesk.usualPiece
  private var stuck = 0

  private static let usualPiece = 32
  private static let patience = 0.9
  /// Each costs a thread that sleeps until the kernel lets go of it.
  private static let mostStuck = 8

  /// Has nobody at work until the first question.
  init(_ reader: RosterReader, isInline: Bool) {
    self.reader = reader
    self.isInline = isInline
  }

  /// Whether new questions can be asked.
  var isFree: Bool { open.isEmpty && stuck < RosterDesk.mostStuck }

  /// Asks; to be called when it is free.
  mutating func ask(_ questions: [RosterQuestion], at moment: Moment) {
    guard isFree, !questions.isEmpty else { return }
    let clerk = clerk ?? RosterClerk(reader, isInline: isInline)
    self.clerk = clerk
    open = questions[...]
    heardAt = moment
    clerk.ask(questions, piece: piece)
  }

  /// What has been answered, and the question that nobody will answer, if one was found.
  mutating func collect(at moment: Moment) -> (answers: [RosterAnswer], hopeless: RosterQuestion?) {
    guard !open.isEmpty, let clerk else { return ([], nil) }
    let answers = clerk.take()
    open = open.dropFirst(answers.count)
    if !answers.isEmpty || heardAt == nil { heardAt = moment }
    if open.isEmpty { piece = RosterDesk.usualPiece }
    guard !open.isEmpty, let heardAt, moment.seconds(since: heardAt) >= RosterDesk.patience else {
      return (answers, nil)
    }
    return (answers, abandon())
  }

  /// Of many at a time it is not known which one it was: next time they are answered one by one.
  private mutating func abandon() -> RosterQuestion? {
    let culprit = piece == 1 ? open.first : nil
    clerk = nil
    open = []
    stuck += 1
    piece = culprit == nil ? 1 : RosterDesk.usualPiece
    return culprit
  }
}
