import Monitors

/// Two columns of a table of text, found by their names and read line by line.
struct TableReader {
  /// Where something is wrong, and what.
  struct Failure: Error, Equatable {
    /// 0 where it is about the file as a whole.
    var line: Int
    var what: Printable
  }

  /// What one line says in the two columns.
  struct Row: Equatable {
    var line: Int
    var place: FieldValue
    var value: FieldValue
    /// What stands in the one that is no number.
    var text: Printable = ""
    /// Whether it is the last one and its end is missing, so that it may have been cut off.
    var isCut = false
  }

  private let lines: LineReader
  private let names: (place: String, value: String)
  private var separator = UInt8(ascii: ",")
  private var places = (place: 0, value: 1)
  private var width = 2
  private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

  /// Reads the line that names the columns.
  init(_ lines: LineReader, _ names: (place: String, value: String)) throws(Failure) {
    self.lines = lines
    self.names = names
    guard let header = try line() else {
      throw Failure(line: 0, what: "empty: no line names \(names.place) and \(names.value)")
    }
    try take(header: header.bytes)
  }

  /// The next line that has something in it; `nil` at the end.
  mutating func next() throws(Failure) -> Row? {
    guard let line = try line() else { return nil }
    var row = Row(line: lines.number, place: .none, value: .none)
    row.isCut = !line.isEnded
    var count = 0
    var rest = line.bytes
    var isOpen = false
    while let field = TableReader.field(&rest, separator, &isOpen) {
      if count == places.place { read(field, into: &row, \.place) }
      if count == places.value { read(field, into: &row, \.value) }
      count += 1
      if count > width, !field.isEmpty { throw surplus(line.bytes) }
    }
    if isOpen { throw failure("a quotation mark is not closed") }
    if count <= max(places.place, places.value) {
      guard row.isCut else { throw failure(lack(count)) }
      return Row(line: row.line, place: .none, value: .none, isCut: true)
    }
    return row
  }

  private func read(
    _ field: UnsafeRawBufferPointer, into row: inout Row, _ column: WritableKeyPath<Row, FieldValue>
  ) {
    row[keyPath: column] = FieldValue(field)
    if row[keyPath: column] == .text { row.text = field.prefix(40).shown }
  }

  /// The next line that is not blank.
  private func line() throws(Failure) -> LineReader.Line? {
    while true {
      do throws(LineReader.Failure) {
        guard let line = try lines.next() else { return nil }
        if line.bytes.contains(where: { $0 > 32 }) { return line }
      } catch {
        switch error {
        case .system(let error): throw Failure(line: 0, what: error.sentence)
        case .tooLong:
          let room = Bytes(Int64(LineReader.usualRoom)).text
          throw failure("a line of more than \(room): this is no table")
        }
      }
    }
  }

  private func failure(_ what: Printable) -> Failure { Failure(line: lines.number, what: what) }

  private func lack(_ count: Int) -> Printable {
    "no \(count <= places.value ? names.value : names.place): the line ends after \(count) of \(width) columns"
  }

  private func surplus(_ line: UnsafeRawBufferPointer) -> Failure {
    failure("more than the \(width) columns that the first line names: \(line.prefix(40).shown)")
  }

  private mutating func take(header: UnsafeRawBufferPointer) throws(Failure) {
    var rest = header
    if rest.starts(with: TableReader.byteOrderMark) {
      rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(TableReader.byteOrderMark.count))
    }
    guard !rest.contains(where: { $0 < 32 && $0 != 9 }) else {
      throw failure(
        "not a table of text: the first line has to name \(names.place) and \(names.value)")
    }
    let shown = rest.prefix(40).shown
    let marks = [",", ";", "\t"].map { UInt8(ascii: $0) }
    separator = marks.first(where: rest.contains) ?? separator
    var found: [String] = []
    var isOpen = false
    while let field = TableReader.field(&rest, separator, &isOpen) {
      found.append(String(decoding: field, as: UTF8.self).lowercased())
    }
    width = found.count
    guard let place = found.firstIndex(of: names.place) else { throw missing(names.place, shown) }
    guard let value = found.firstIndex(of: names.value) else { throw missing(names.value, shown) }
    for name in [names.place, names.value] where found.count(where: { $0 == name }) > 1 {
      throw failure("two columns are named \(Printable(name))")
    }
    places = (place, value)
  }

  private func missing(_ name: String, _ header: Printable) -> Failure {
    failure("no column \(Printable(name)): the first line says '\(header)'")
  }

  /// Takes the next field without blanks and quotation marks around it; `nil` behind the last.
  private static func field(
    _ rest: inout UnsafeRawBufferPointer, _ separator: UInt8, _ isOpen: inout Bool
  ) -> UnsafeRawBufferPointer? {
    guard rest.baseAddress != nil else { return nil }
    var (end, isQuoted) = (0, false)
    while end < rest.count, isQuoted || rest[end] != separator {
      if rest[end] == UInt8(ascii: "\"") { isQuoted.toggle() }
      end += 1
    }
    isOpen = isOpen || isQuoted
    let field = trimmed(rest, until: end)
    rest =
      end < rest.count
      ? UnsafeRawBufferPointer(rebasing: rest[(end + 1)...])
      : UnsafeRawBufferPointer(start: nil, count: 0)
    return field
  }

  private static func trimmed(_ bytes: UnsafeRawBufferPointer, until end: Int)
    -> UnsafeRawBufferPointer
  {
    var (first, last) = (0, end)
    while first < last, isMargin(bytes[first]) { first += 1 }
    while last > first, isMargin(bytes[last - 1]) { last -= 1 }
    return UnsafeRawBufferPointer(rebasing: bytes[first..<last])
  }

  private static func isMargin(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\"")
  }
}

extension Collection where Element == UInt8 {
  /// As it can be shown, whatever it is.
  fileprivate var shown: Printable { Printable(bytes: self) }
}
