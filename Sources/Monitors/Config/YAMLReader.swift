internal import CYaml

/// Reads one YAML document into nodes; aliases, anchors and tags are refused, and so is deep nesting.
struct YAMLReader {
  static let deepest = 32

  private let parser: UnsafeMutablePointer<yaml_parser_t>
  private let bytes: [UInt8]

  /// The document in a file; `nil` for one that says nothing.
  static func read(_ bytes: [UInt8]) throws(YAMLError) -> YAMLNode? {
    // The parser points to itself, so it must not move.
    let parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)
    defer { parser.deallocate() }
    guard yaml_parser_initialize(parser) == 1 else {
      throw YAMLError(sentence: "no memory to read it")
    }
    defer { yaml_parser_delete(parser) }
    var found: Result<YAMLNode?, YAMLError> = .success(nil)
    bytes.withUnsafeBufferPointer { buffer in
      yaml_parser_set_input_string(parser, buffer.baseAddress, buffer.count)
      do throws(YAMLError) {
        found = .success(try YAMLReader(parser: parser, bytes: bytes).document())
      } catch { found = .failure(error) }
    }
    return try found.get()
  }

  /// What the parser says next, as far as it matters here.
  private struct Event {
    enum Kind { case text(String, isPlain: Bool), list, pairs, end, document, other, streamEnd }
    var kind: Kind
    var line: Int
  }

  private func document() throws(YAMLError) -> YAMLNode? {
    var found: YAMLNode?
    var documents = 0
    while true {
      let event = try next()
      switch event.kind {
      case .streamEnd: return found
      case .document:
        documents += 1
        if documents > 1 {
          throw YAMLError(line: event.line, sentence: "a second document: only one is read")
        }
      case .end, .other: continue
      default: found = try node(event, depth: 1)
      }
    }
  }

  private func node(_ event: Event, depth: Int) throws(YAMLError) -> YAMLNode {
    guard depth <= YAMLReader.deepest else {
      throw YAMLError(
        line: event.line, sentence: "nested more than \(YAMLReader.deepest) levels deep")
    }
    switch event.kind {
    case .text(let text, let isPlain):
      return YAMLNode(value: .text(text, isPlain: isPlain), line: event.line)
    case .list:
      var items: [YAMLNode] = []
      while let item = try element() { items.append(try node(item, depth: depth + 1)) }
      return YAMLNode(value: .list(items), line: event.line)
    default:
      var entries: [YAMLNode.Entry] = []
      while let event = try element() {
        let key = try node(event, depth: depth + 1)
        guard let after = try element() else { break }
        entries.append(.init(key: key, value: try node(after, depth: depth + 1)))
      }
      return YAMLNode(value: .pairs(entries), line: event.line)
    }
  }

  /// The next event within a list or pairs; `nil` at their end.
  private func element() throws(YAMLError) -> Event? {
    let event = try next()
    switch event.kind {
    case .end, .streamEnd: return nil
    default: return event
    }
  }

  private func next() throws(YAMLError) -> Event {
    var event = yaml_event_t()
    guard yaml_parser_parse(parser, &event) == 1 else { throw failure }
    defer { yaml_event_delete(&event) }
    let line = Int(clamping: event.start_mark.line) + 1
    switch event.type {
    case YAML_ALIAS_EVENT: throw YAMLReader.refusal("aliases", line)
    case YAML_SCALAR_EVENT:
      let scalar = event.data.scalar
      try refuse(anchor: scalar.anchor, tag: scalar.tag, line)
      let text = String(
        decoding: UnsafeBufferPointer(start: scalar.value, count: Int(scalar.length)),
        as: UTF8.self)
      return Event(
        kind: .text(text, isPlain: scalar.style == YAML_PLAIN_SCALAR_STYLE), line: line)
    case YAML_SEQUENCE_START_EVENT:
      let start = event.data.sequence_start
      try refuse(anchor: start.anchor, tag: start.tag, line)
      return Event(kind: .list, line: line)
    case YAML_MAPPING_START_EVENT:
      let start = event.data.mapping_start
      try refuse(anchor: start.anchor, tag: start.tag, line)
      return Event(kind: .pairs, line: line)
    case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT: return Event(kind: .end, line: line)
    case YAML_DOCUMENT_START_EVENT: return Event(kind: .document, line: line)
    case YAML_STREAM_END_EVENT: return Event(kind: .streamEnd, line: line)
    default: return Event(kind: .other, line: line)
    }
  }

  /// An anchor is where a bomb of aliases begins, and a tag would make a value mean something else.
  private func refuse(
    anchor: UnsafeMutablePointer<UInt8>?, tag: UnsafeMutablePointer<UInt8>?, _ line: Int
  ) throws(YAMLError) {
    if anchor != nil { throw YAMLReader.refusal("anchors", line) }
    if tag != nil { throw YAMLReader.refusal("tags", line) }
  }

  private static func refusal(_ what: Printable, _ line: Int) -> YAMLError {
    YAMLError(line: line, sentence: "\(what) are refused: write the value itself")
  }

  /// Why the parser gave up, and where.
  private var failure: YAMLError {
    let found = parser.pointee
    let problem = found.problem.map { Printable(String(cString: $0)) } ?? "it can't be read"
    if found.error == YAML_READER_ERROR {
      return place(Int(clamping: found.problem_offset), "no UTF-8 text: \(problem)")
    }
    if found.error == YAML_MEMORY_ERROR { return YAMLError(sentence: "no memory to read it") }
    let mark = found.problem_mark
    let isTab = isIndentedByTab(line: Int(clamping: mark.line))
    return YAMLError(
      line: Int(clamping: mark.line) + 1, column: Int(clamping: mark.column) + 1,
      sentence: isTab ? "a tab can't indent: write spaces" : problem)
  }

  private func isIndentedByTab(line: Int) -> Bool {
    let lines = bytes.split(
      separator: UInt8(ascii: "\n"), maxSplits: line + 1, omittingEmptySubsequences: false)
    guard lines.indices.contains(line) else { return false }
    return lines[line].prefix { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
      .contains(UInt8(ascii: "\t"))
  }

  private func place(_ offset: Int, _ sentence: Printable) -> YAMLError {
    let before = bytes.prefix(max(0, offset))
    let start = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
    return YAMLError(
      line: before.count { $0 == UInt8(ascii: "\n") } + 1, column: before.count - start + 1,
      sentence: sentence)
  }
}
