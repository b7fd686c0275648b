extension StringProtocol {
  /// Whether a text stands in this one, byte for byte.
  ///
  /// The library's own search of that name brings regular expressions along: a megabyte in every static binary.
  package func contains(_ wanted: String) -> Bool {
    var (text, part) = (String(self), wanted)
    return text.withUTF8 { text in
      part.withUTF8 { part in
        guard part.count <= text.count else { return false }
        return (0...(text.count - part.count)).contains { start in
          text[start..<(start + part.count)].elementsEqual(part)
        }
      }
    }
  }
}
