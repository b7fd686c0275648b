import Monitors

/// One source file: as written, and with its comments and the text of its literals blanked out.
public struct SourceFile: Sendable {
  /// From the package's root: `Sources/Monitors/Host/Host.swift`.
  public let path: String
  /// As written.
  public let text: String
  /// The code alone, line by line as in the file; what stands in `\(…)` is code too.
  public let lines: [Substring]

  /// Takes a file apart.
  public init(path: String, text: String) {
    self.path = path
    self.text = text
    var stripper = Stripper(text)
    lines = stripper.code().split(separator: "\n", omittingEmptySubsequences: false)
  }

  /// `Host.swift`.
  public var name: Substring { path.split(separator: "/").last ?? "" }

  /// The folder below the module: `Host`, `Engine`; empty for a file of the module itself.
  public var folder: Substring {
    let parts = path.split(separator: "/")
    return parts.count > 3 ? parts[2] : ""
  }

  /// Every identifier in the code.
  public var words: Set<Substring> {
    lines.reduce(into: []) {
      $0.formUnion($1.split { !($0.isLetter || $0.isNumber || $0 == "_") })
    }
  }

  /// Places where a pattern occurs in the code, as `path:line`.
  public func places(_ pattern: Regex<AnyRegexOutput>) -> [String] {
    lines.indices.filter { lines[$0].firstMatch(of: pattern) != nil }.map { "\(path):\($0 + 1)" }
  }
}

/// Reads Swift just well enough to tell code from what people say in it.
private struct Stripper {
  private let source: [Character]
  private var at = 0
  private var result = ""

  init(_ text: String) { source = Array(text) }

  mutating func code() -> String {
    strip(untilParenthesis: false)
    return result
  }

  private func follows(_ text: String) -> Bool { source[at...].starts(with: text) }

  private mutating func take(_ count: Int = 1, keeping: Bool = false) {
    for _ in 0..<count where at < source.count {
      if keeping || source[at] == "\n" { result.append(source[at]) }
      at += 1
    }
  }

  private mutating func strip(untilParenthesis: Bool) {
    var depth = 0
    while at < source.count {
      if follows("//") {
        while at < source.count, source[at] != "\n" { at += 1 }
      } else if let hashes = literalHashes() {
        literal(hashes)
      } else {
        if source[at] == "(" { depth += 1 }
        if source[at] == ")" { depth -= 1 }
        if untilParenthesis, depth < 0 { return }
        take(keeping: true)
      }
    }
  }

  /// The number of `#` before a string literal that begins here; `nil` if none does.
  private func literalHashes() -> Int? {
    let hashes = source[at...].prefix { $0 == "#" }.count
    return at + hashes < source.count && source[at + hashes] == "\"" ? hashes : nil
  }

  private mutating func literal(_ hashes: Int) {
    take(hashes)
    let quote = follows("\"\"\"") ? "\"\"\"" : "\""
    let close = quote + String(repeating: "#", count: hashes)
    let escape = "\\" + String(repeating: "#", count: hashes)
    take(quote.count)
    result.append("\"")
    while at < source.count, !follows(close) {
      if follows(escape + "(") {
        take(escape.count + 1)
        result.append(" ")
        strip(untilParenthesis: true)
        result.append(" ")
        take()
      } else {
        take(follows(escape) ? escape.count + 1 : 1)
      }
    }
    take(close.count)
    result.append("\"")
  }
}

/// The tree these tests stand in.
public enum SourceTree {
  private static let root = #filePath.split(separator: "/").dropLast(3).reduce("") { "\($0)/\($1)" }
  /// The library.
  public static let monitors = swiftFiles(in: "Sources/Monitors")
  /// The screen.
  public static let perftop = swiftFiles(in: "Sources/perftop")
  /// All tests.
  public static let tests = swiftFiles(in: "Tests")
  /// All measurements.
  public static let benchmarks = swiftFiles(in: "Benchmarks")
  /// All of it.
  public static let everything = monitors + perftop + tests + benchmarks

  private static let files = LiveFiles()

  /// Whether there is such a file.
  public static func exists(_ path: String) -> Bool {
    (try? files.status("\(root)/\(path)", in: nil, following: true)) != nil
  }

  /// What is in a folder.
  public static func names(in path: String) -> [String] {
    (try? files.list("\(root)/\(path)", in: nil)) ?? []
  }

  /// What is in a file; empty where there is none.
  public static func text(_ path: String) -> String {
    let largest = 1 << 20
    let scratch = Scratch(size: largest)
    return withExtendedLifetime(scratch) {
      guard let bytes = try? scratch.read(files, "\(root)/\(path)") else { return "" }
      return String(decoding: bytes, as: UTF8.self)
    }
  }

  private static func swiftFiles(in folder: String) -> [SourceFile] {
    names(in: folder).sorted().flatMap { name -> [SourceFile] in
      let path = "\(folder)/\(name)"
      if name.hasSuffix(".swift") { return [SourceFile(path: path, text: text(path))] }
      return name.contains(".") ? [] : swiftFiles(in: path)
    }
  }
}
