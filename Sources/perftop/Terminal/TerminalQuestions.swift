import Monitors

/// What a terminal is asked when a screen begins, and what it answers, if it does. Nothing waits for it: the first frame is
/// on its way together with the questions.
struct TerminalQuestions: Sendable {
  /// Whether it shows a marked frame at once.
  private(set) var hasFrameMarks: Bool
  /// The ground it paints its own text on.
  private(set) var ground: RGB?
  private var askedAt: Moment?
  private var awaitsSetting = false
  private var awaitsGround = false
  private var seen: [UInt8] = []

  /// An answer that takes longer is not waited for any more.
  private static let patience = 1.0
  private static let longestAnswers = 256

  private static let marksQuestion = Array("\u{1b}[?2026$p".utf8)
  private static let groundQuestion = Array("\u{1b}]11;?\u{1b}\\".utf8)

  init(hasFrameMarks: Bool) { self.hasFrameMarks = hasFrameMarks }

  /// The questions, once; nothing for a terminal that would show them.
  mutating func ask(_ kind: TerminalKind, at moment: Moment) -> [UInt8] {
    guard askedAt == nil, kind.answersQuestions else { return [] }
    askedAt = moment
    (awaitsSetting, awaitsGround) = (!hasFrameMarks, true)
    return (hasFrameMarks ? [] : Self.marksQuestion) + Self.groundQuestion
  }

  /// Whether an answer may still come: what looks like the beginning of one is no key yet.
  func isOpen(at moment: Moment) -> Bool {
    guard awaitsSetting || awaitsGround, let askedAt else { return false }
    return moment < askedAt.later(by: Self.patience)
  }

  /// Looks for answers among what was typed; that they are no keys the decoder knows by itself.
  mutating func hear(_ bytes: some Collection<UInt8>) {
    guard awaitsSetting || awaitsGround else { return }
    seen = (seen + bytes).suffix(Self.longestAnswers)
    if awaitsSetting, let setting = Self.setting(in: seen) {
      hasFrameMarks = Self.known.contains(setting)
      awaitsSetting = false
    }
    if awaitsGround, let color = Self.color(in: seen) {
      ground = color
      awaitsGround = false
    }
    if !awaitsSetting, !awaitsGround { seen = [] }
  }

  /// Set, and not set.
  private static let known: [UInt8] = [UInt8(ascii: "1"), UInt8(ascii: "2")]

  /// What follows a sequence that begins like this; the last one counts.
  private static func rest(of bytes: [UInt8], after beginning: String) -> ArraySlice<UInt8>? {
    let wanted = Array(beginning.utf8)
    guard bytes.count >= wanted.count else { return nil }
    let places = (0...(bytes.count - wanted.count)).reversed()
    let place = places.first { bytes[$0...].starts(with: wanted) }
    return place.map { bytes[($0 + wanted.count)...] }
  }

  /// `ESC [ ? 2026 ; 2 $ y`: one digit says whether the mode is known.
  private static func setting(in bytes: [UInt8]) -> UInt8? {
    guard let rest = rest(of: bytes, after: "\u{1b}[?2026;"), let setting = rest.first else {
      return nil
    }
    return rest.dropFirst().starts(with: "$y".utf8) ? setting : nil
  }

  /// `ESC ] 11 ; rgb:ffff/ffff/ffff`, ended; each channel has one to four digits.
  private static func color(in bytes: [UInt8]) -> RGB? {
    let (bell, escape, slash): (UInt8, UInt8, UInt8) = (7, 0x1b, UInt8(ascii: "/"))
    guard let rest = rest(of: bytes, after: "\u{1b}]11;rgb:"),
      let end = rest.firstIndex(where: { $0 == bell || $0 == escape })
    else { return nil }
    let parts = rest[..<end].split(separator: slash, omittingEmptySubsequences: false)
    let channels = parts.compactMap(channel)
    guard parts.count == 3, channels.count == 3 else { return nil }
    return RGB(red: channels[0], green: channels[1], blue: channels[2])
  }

  private static func channel(_ digits: ArraySlice<UInt8>) -> Int? {
    let longest = 4
    let values = digits.compactMap { Character(UnicodeScalar($0)).hexDigitValue }
    guard (1...longest).contains(digits.count), values.count == digits.count else { return nil }
    return values.reduce(0) { $0 * 16 + $1 } * 255 / (1 << (4 * digits.count) - 1)
  }
}
