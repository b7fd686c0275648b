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
    let text = String(decoding: seen, as: UTF8.self)
    if awaitsSetting, let setting = Self.setting(in: text) {
      hasFrameMarks = setting == "1" || setting == "2"
      awaitsSetting = false
    }
    if awaitsGround, let color = Self.color(in: text) {
      ground = color
      awaitsGround = false
    }
    if !awaitsSetting, !awaitsGround { seen = [] }
  }

  /// `ESC [ ? 2026 ; 2 $ y`: set or not set means that the mode is known.
  private static func setting(in text: String) -> Substring? {
    guard let start = text.ranges(of: "\u{1b}[?2026;").last?.upperBound else { return nil }
    let setting = text[start...].prefix { $0.isNumber }
    return text[setting.endIndex...].hasPrefix("$y") ? setting : nil
  }

  /// `ESC ] 11 ; rgb:ffff/ffff/ffff`, ended; each channel has one to four digits.
  private static func color(in text: String) -> RGB? {
    guard let start = text.ranges(of: "\u{1b}]11;rgb:").last?.upperBound else { return nil }
    let value = text[start...].prefix { $0.isHexDigit || $0 == "/" }
    guard let end = text[value.endIndex...].first, end == "\u{7}" || end == "\u{1b}" else {
      return nil
    }
    let parts = value.split(separator: "/", omittingEmptySubsequences: false)
    let channels = parts.compactMap { part -> Int? in
      guard (1...4).contains(part.count), let number = Int(part, radix: 16) else { return nil }
      return number * 255 / (1 << (4 * part.count) - 1)
    }
    guard parts.count == 3, channels.count == 3 else { return nil }
    return RGB(red: channels[0], green: channels[1], blue: channels[2])
  }
}
