import Monitors

/// `perftop analyze`: verdicts over series that lie in files, made by what judges live.
struct AnalyzeCommand {
  /// Opens a file by its name.
  typealias Opener = (String) throws(SystemError) -> LineReader.Source

  let request: Invocation.Analysis
  let text: PlainText
  let open: Opener
  /// Where answers go.
  let say: (String) throws(SystemError) -> Void
  /// Where errors and assumptions go.
  let complain: (String) -> Void

  /// Answers one file after another; one that can't be read keeps none of the others from it.
  func run() throws(SystemError) -> Int32 {
    var status: Int32 = 0
    for file in request.files {
      let answered =
        switch request.subject {
        case .memory: try answer(file, MemoryAnalysis())
        case .latency: try answer(file, LatencyAnalysis())
        }
      if !answered { status = UsageError.exitStatus }
    }
    return status
  }

  private func answer(_ file: String, _ empty: some SeriesAnalysis) throws(SystemError) -> Bool {
    let name = Printable(file)
    var analysis = empty
    do throws(TableReader.Failure) {
      try read(file, name, into: &analysis)
    } catch {
      let place = error.line > 0 ? ":\(error.line)" : ""
      complain(text.lines(["perftop: \(name)\(place): \(error.what)"]))
      return false
    }
    try say(written(analysis, file))
    return true
  }

  private func read(_ file: String, _ name: Printable, into analysis: inout some SeriesAnalysis)
    throws(TableReader.Failure)
  {
    let source: LineReader.Source
    do throws(SystemError) { source = try open(file) } catch {
      throw TableReader.Failure(line: 0, what: error.sentence)
    }
    let columns = type(of: analysis).columns
    var series = try SeriesReader(
      LineReader(source), place: columns.place, value: columns.value,
      isTime: type(of: analysis).isTime)
    var failure: TableReader.Failure?
    do throws(TableReader.Failure) {
      while let point = try series.next() { analysis.take(point) }
    } catch { failure = error }
    for (line, words) in series.assumptions {
      complain(text.lines(["note: \(name):\(String(line)): \(words)"]))
    }
    if let failure { throw failure }
    guard series.count > 0 else {
      throw TableReader.Failure(
        line: 0, what: "no line has both \(columns.place) and \(columns.value)")
    }
  }

  private func written(_ analysis: some SeriesAnalysis, _ file: String) -> String {
    let evidence = request.isExplained ? analysis.evidence : []
    guard request.isJSON else {
      return text.lines(["\(Printable(file)): \(analysis.verdict)"] + evidence.map { "  \($0)" })
    }
    // A program looks for the name that it gave, whatever is in it: JSON escapes that.
    var fields = [JSONValue.Field("file", .text(file))] + analysis.fields
    if request.isExplained {
      fields.append(.init("verdict", .printable(analysis.verdict)))
      fields.append(.init("evidence", .list(evidence.map(JSONValue.printable))))
    }
    return JSONValue.object(fields).text(indented: false) + "\n"
  }
}

extension AnalyzeCommand {
  /// Files as they lie there, pipes as they come, and `-` for standard input.
  static func opener(_ complain: @escaping (String) -> Void) -> Opener {
    { (file) throws(SystemError) in
      let input = file == "-" ? InputFile.standardInput : try InputFile(file)
      let name = Printable(file)
      var hasBegun = false
      return { (buffer) throws(SystemError) in
        if !hasBegun {
          hasBegun = true
          expect(input, name, complain)
        }
        return try input.read(into: buffer)
      }
    }
  }

  private static let patience: Int32 = 2000

  /// Says what it waits for where nothing comes.
  private static func expect(_ input: InputFile, _ name: Printable, _ complain: (String) -> Void) {
    guard !input.waits(milliseconds: patience) else { return }
    let how = input.isTerminal ? "type the lines, ctrl-d ends them" : "nothing comes yet: waiting"
    complain("note: \(name): \(how)\n")
    _ = input.waits(milliseconds: -1)
  }
}
