internal import CSystem
import Glibc

/// A program to start: what it gets is written here, and it gets nothing else.
struct Spawn {
  /// Its path, or its name where `isSearched`.
  var program: [UInt8]
  /// Its arguments, its own name first; bytes, since names of files need not be UTF-8.
  var arguments: [[UInt8]]
  /// Whether the program is looked for along PATH, as a shell does.
  var isSearched = false
  /// What becomes its descriptors 0, 1, 2 and so on; every other one is closed.
  var descriptors: [Int32]
  /// Whether it begins a session of its own, without a terminal.
  var hasOwnSession = false
  /// Whether it leads a process group of its own.
  var hasOwnGroup = false
  /// Variables that it gets in place of those of the same name, or beside the others.
  var changes: [String: String] = [:]
  /// All the variables that it gets; `nil` lets it have those of this program.
  var environment: [String: String]?

  /// Starts it with no signal blocked and none ignored.
  ///
  /// - Returns: Its number.
  func start() throws(SystemError) -> pid_t {
    var actions = posix_spawn_file_actions_t()
    var attributes = posix_spawnattr_t()
    posix_spawn_file_actions_init(&actions)
    posix_spawnattr_init(&attributes)
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
    }
    place(into: &actions)
    prepare(&attributes)
    let name = program + [0]
    var words: [UnsafeMutablePointer<CChar>?] = arguments.map(Spawn.copied) + [nil]
    defer { words.forEach { free($0) } }
    var variables = changedVariables
    defer { variables.forEach { free($0) } }
    let environment = variables.isEmpty ? cs_environment() : nil
    var pid: pid_t = 0
    let failure = name.withUnsafeBytes { bytes in
      guard let path = bytes.bindMemory(to: CChar.self).baseAddress else { return ENOENT }
      return variables.withUnsafeMutableBufferPointer { own in
        let given = environment ?? own.baseAddress
        return isSearched
          ? posix_spawnp(&pid, path, &actions, &attributes, &words, given)
          : posix_spawn(&pid, path, &actions, &attributes, &words, given)
      }
    }
    if failure != 0 { throw SystemError(failure) }
    return pid
  }

  /// All variables, where some are to be others; empty where none are.
  private var changedVariables: [UnsafeMutablePointer<CChar>?] {
    if let environment {
      let all = environment.merging(changes) { $1 }
      return all.map { strdup("\($0.key)=\($0.value)") } + [nil]
    }
    guard !changes.isEmpty, let all = cs_environment() else { return [] }
    var variables: [UnsafeMutablePointer<CChar>?] = []
    var place = all
    while let variable = place.pointee {
      let name = String(cString: variable).prefix { $0 != "=" }
      if changes[String(name)] == nil { variables.append(strdup(variable)) }
      place += 1
    }
    for (name, value) in changes { variables.append(strdup("\(name)=\(value)")) }
    return variables + [nil]
  }

  /// A descriptor that stands where another one must go is first moved out of the way by the copies above all.
  private func place(into actions: inout posix_spawn_file_actions_t) {
    let above = max(descriptors.count, Int(descriptors.max() ?? 0)) + 1
    for (place, descriptor) in descriptors.enumerated() {
      posix_spawn_file_actions_adddup2(&actions, descriptor, Int32(above + place))
    }
    for place in descriptors.indices {
      posix_spawn_file_actions_adddup2(&actions, Int32(above + place), Int32(place))
    }
    _ = cs_close_from(&actions, Int32(descriptors.count))
  }

  private func prepare(_ attributes: inout posix_spawnattr_t) {
    var every = sigset_t()
    var none = sigset_t()
    sigfillset(&every)
    sigemptyset(&none)
    posix_spawnattr_setsigdefault(&attributes, &every)
    posix_spawnattr_setsigmask(&attributes, &none)
    var flags = Int16(POSIX_SPAWN_SETSIGDEF) | Int16(POSIX_SPAWN_SETSIGMASK)
    if hasOwnSession { flags |= cs_spawn_new_session }
    if hasOwnGroup { flags |= Int16(POSIX_SPAWN_SETPGROUP) }
    posix_spawnattr_setpgroup(&attributes, 0)
    posix_spawnattr_setflags(&attributes, flags)
  }

  private static func copied(_ word: [UInt8]) -> UnsafeMutablePointer<CChar>? {
    (word + [0]).withUnsafeBytes {
      $0.bindMemory(to: CChar.self).baseAddress.flatMap { strdup($0) }
    }
  }
}
