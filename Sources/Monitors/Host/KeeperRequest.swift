/// What a keeper is asked to do, as it stands on its command line.
struct KeeperRequest: Equatable {
  var endsWithWatcher = false
  var keepsRoot = false
  var keepsOutput = true
  var removing: String?
  /// The program and its arguments.
  var command: [[UInt8]] = []

  private enum Word {
    static let end = "--end"
    static let root = "--root"
    static let silent = "--silent"
    static let remove = "--remove="
  }

  init(_ options: Launcher.Options) {
    endsWithWatcher = options.endsWithWatcher
    keepsRoot = options.keepsRoot
    keepsOutput = options.keepsOutput
    removing = options.removing
  }

  /// Understands what `arguments` wrote; `nil` for anything else.
  init?(parsing words: [[UInt8]]) {
    guard let separator = words.firstIndex(of: Array("--".utf8)) else { return nil }
    command = Array(words[(separator + 1)...])
    if command.isEmpty { return nil }
    for word in words[..<separator].map({ String(decoding: $0, as: UTF8.self) }) {
      switch word {
      case Word.end: endsWithWatcher = true
      case Word.root: keepsRoot = true
      case Word.silent: keepsOutput = false
      case _ where word.hasPrefix(Word.remove): removing = String(word.dropFirst(Word.remove.count))
      default: return nil
      }
    }
  }

  /// The words before `--`.
  var arguments: [String] {
    var words: [String] = []
    if endsWithWatcher { words.append(Word.end) }
    if keepsRoot { words.append(Word.root) }
    if !keepsOutput { words.append(Word.silent) }
    if let removing { words.append(Word.remove + removing) }
    return words
  }
}
