/// Where the journal of alerts lies, and who shares it.
public struct JournalPlace: Sendable, Equatable {
  /// What all operators of a machine share, where somebody has set it up.
  public static let sharedPath = "/var/lib/perftop"

  /// The directory.
  public var path: String
  /// Whether all operators of the machine share it.
  public var isShared: Bool
  /// Whose it is, where it is private.
  public var owner: Printable
  /// Whether the filesystem lets several programs share memory through a file; found out where it is `nil`.
  public var isLocal: Bool?

  /// Any directory.
  public init(_ path: String, isShared: Bool = false, owner: Printable = "", isLocal: Bool? = nil) {
    self.path = path
    self.isShared = isShared
    self.owner = owner
    self.isLocal = isLocal
  }

  /// The one for whoever runs this program: the shared one where they may write to it, else their own.
  ///
  /// Root never uses a directory of somebody else, whatever the environment says; `shared` stands in for the real one.
  /// Where several machines may see one's own directory, each has a list of its own in it.
  public static func usual(
    _ environment: (String) -> String?, shared: String = sharedPath
  ) -> JournalPlace? {
    usual(environment, shared: shared, machine: MachineMark.running) {
      FilesystemKind(ofWhatIsThere: $0)
    }
  }

  static func usual(
    _ environment: (String) -> String?, shared: String, machine: @autoclosure () -> String,
    kind: (String) -> FilesystemKind
  ) -> JournalPlace? {
    if StateDirectory.isWritable(shared), isSafe(shared) {
      return JournalPlace(shared, isShared: true)
    }
    let person = Person.running
    var paths: [String] = []
    // What is empty counts as not set, and must not lead to the root directory.
    if let state = environment("XDG_STATE_HOME"), state.hasPrefix("/") {
      paths.append("\(state)/perftop")
    }
    for home in [environment("HOME") ?? "", person.home] where home.hasPrefix("/") {
      paths.append("\(home)/.local/state/perftop")
    }
    let found = paths.first { !person.isRoot || Person.ownsEverything(below: $0) } ?? paths.last
    guard let path = found else { return nil }
    guard kind(path) == .network else { return JournalPlace(path, owner: person.name) }
    // What is of another machine would be taken for what an earlier boot of this one has left.
    return JournalPlace("\(path)/machines/\(machine())", owner: person.name)
  }

  private static func isSafe(_ path: String) -> Bool {
    do throws(StateDirectory.Refusal) {
      _ = try StateDirectory(path, trust: .group, making: false)
      return true
    } catch { return false }
  }

  func directory(making: Bool) throws(StateDirectory.Refusal) -> StateDirectory {
    try StateDirectory(path, trust: isShared ? .group : .owner, making: making)
  }

  /// Whether no journal lies here.
  public var isEmptyOrUnusable: Bool {
    do throws(StateDirectory.Refusal) { return try isEmpty } catch { return true }
  }

  /// Whether no journal lies here.
  var isEmpty: Bool {
    get throws(StateDirectory.Refusal) {
      let directory: StateDirectory
      do throws(StateDirectory.Refusal) {
        directory = try self.directory(making: false)
      } catch {
        if case .system(let why, _) = error, why == .notFound { return true }
        throw error
      }
      return try directory.identity(AlertJournal.Name.file) == nil
    }
  }

  var sharesMemory: Bool { isLocal ?? (FilesystemKind(of: path) == .local) }

  /// How it does while all is well.
  public var standing: JournalStanding {
    let file = Printable("\(path)/\(AlertJournal.Name.file)")
    return isShared ? .shared(path: file) : .isPrivate(path: file, owner: owner)
  }
}
