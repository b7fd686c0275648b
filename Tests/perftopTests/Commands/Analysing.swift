import Monitors

@testable import perftop

/// The analyze command over texts that a test has made up, and what it said.
final class Analysing {
  private(set) var output = ""
  private(set) var errors = ""
  private(set) var status: Int32 = -1

  /// Files by name; a name without one can't be opened.
  init(
    _ subject: Invocation.Analysis.Subject, _ files: KeyValuePairs<String, [UInt8]?>,
    isJSON: Bool = false, isExplained: Bool = false, piece: Int = 4096
  ) {
    let contents = Dictionary(uniqueKeysWithValues: files.map { ($0.key, $0.value) })
    let request = Invocation.Analysis(
      subject: subject, files: files.map(\.key), isJSON: isJSON, isExplained: isExplained)
    let command = AnalyzeCommand(
      request: request, text: PlainText(glyphs: .unicode),
      open: { (file) throws(SystemError) in
        guard let bytes = contents[file] ?? nil else { throw SystemError.notFound }
        return Pieces.source(bytes, piece)
      },
      say: { self.output += $0 }, complain: { self.errors += $0 })
    status = (try? command.run()) ?? -1
  }

  convenience init(_ subject: Invocation.Analysis.Subject, _ text: String, isJSON: Bool = false) {
    self.init(subject, ["f": Array(text.utf8)], isJSON: isJSON)
  }
}

/// Bytes that come a few at a time, as from a pipe.
enum Pieces {
  static func source(_ bytes: [UInt8], _ piece: Int) -> LineReader.Source {
    var rest = bytes[...]
    return { (buffer) throws(SystemError) in
      let part = rest.prefix(min(piece, buffer.count))
      buffer.copyBytes(from: part)
      rest = rest.dropFirst(part.count)
      return part.count
    }
  }
}
