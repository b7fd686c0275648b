import Glibc

/// What one launched program printed, in two files of bounded size, and a third that says what became of it.
///
/// The third file stays locked while the program runs, so that nobody tidies up what is in use.
struct RunLog {
  static let limit = 1_000_000

  private let directory: PrivateDirectory
  private let name: String
  private var file: Int32
  private let note: Int32
  private var written = 0
  /// Why something that was printed is not in it; `nil` while all of it is.
  private(set) var loss: SystemError?
  /// Whether anything is in it.
  private(set) var hasOutput = false

  /// The log's path.
  var path: String { "\(directory.path)/\(name).log" }

  init(in directory: PrivateDirectory, name: String) throws(SystemError) {
    file = try directory.create("\(name).log")
    do throws(SystemError) {
      note = try directory.create("\(name).run")
    } catch {
      Glibc.close(file)
      throw error
    }
    flock(note, LOCK_EX | LOCK_NB)
    self.name = name
    self.directory = directory
  }

  /// Lets go of all files; a keeper need not, its end does.
  func close() {
    [file, note].forEach { _ = Glibc.close($0) }
    directory.close()
  }

  /// Adds output; what can not be written is dropped, for the program must never wait for a full disk.
  mutating func append(_ bytes: UnsafeRawBufferPointer) {
    if written + bytes.count > RunLog.limit { rotate() }
    if let failure = Descriptors.writeAll(bytes, to: file) {
      loss = failure
    } else {
      written += bytes.count
      hasOutput = true
    }
  }

  private mutating func rotate() {
    directory.rename("\(name).log", to: "\(name).log.1")
    guard let fresh = try? directory.create("\(name).log") else {
      ftruncate(file, 0)
      lseek(file, 0, SEEK_SET)
      written = 0
      return
    }
    Glibc.close(file)
    file = fresh
    written = 0
  }

  /// Writes down what is known about the run, one fact a line.
  func note(_ facts: [(String, Printable)]) {
    let text = facts.map { "\($0.0): \($0.1)\n" }.joined()
    lseek(note, 0, SEEK_SET)
    try? Descriptors.write(Array(text.utf8), to: note)
  }
}
