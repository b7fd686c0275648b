/// Why the journal could not be read or written.
public enum JournalError: Error, Sendable, Equatable {
  /// Its place must not be used.
  case refused(Printable)
  /// No room on the disk.
  case full
  /// It can be read only.
  case readOnly
  /// Another program held it for too long.
  case locked
  /// Something in it is not what was written.
  case damaged(Printable)
  /// A later version of perftop has made it.
  case newer(Int)
  /// The file is gone, or another one lies in its place.
  case moved
  /// Anything else, in the library's words.
  case failed(Printable)

  /// In words for a person.
  public var sentence: Printable {
    switch self {
    case .refused(let why): why
    case .full: "no room left on the disk"
    case .readOnly: "the file can only be read"
    case .locked: "another program holds the file"
    case .damaged(let what): "the file is damaged: \(what)"
    case .newer(let version):
      "the file is of a later perftop (layout \(version), known here: \(JournalLayout.version))"
    case .moved: "the file was removed or replaced"
    case .failed(let why): why
    }
  }
}
