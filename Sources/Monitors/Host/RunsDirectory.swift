import Glibc

/// Where logs of launched programs lie: below the state directory, for their owner alone.
enum RunsDirectory {
  /// So many runs are remembered.
  static let kept = 32

  /// `$XDG_STATE_HOME/perftop/runs`, or the same below `~/.local/state`.
  static func path(_ environment: (String) -> String?) -> String? {
    if let state = environment("XDG_STATE_HOME"), state.hasPrefix("/") {
      return "\(state)/perftop/runs"
    }
    let home = environment("HOME") ?? ""
    return home.hasPrefix("/") ? "\(home)/.local/state/perftop/runs" : nil
  }

  /// A name for the files of a run: `collector-1234`.
  static func name(program: [UInt8], pid: pid_t) -> String {
    let last = program.split(separator: UInt8(ascii: "/")).last.map(Array.init) ?? []
    let clean = last.prefix(40).map { byte in
      let letter = Character(Unicode.Scalar(byte))
      return letter.isASCII && (letter.isLetter || letter.isNumber || letter == "_") ? letter : "-"
    }
    return "\(clean.isEmpty ? "program" : String(clean))-\(pid)"
  }

  /// Removes the oldest runs that are over, beyond those that are kept.
  static func tidy(_ directory: PrivateDirectory, files: any Files) {
    guard let names = try? files.list(directory.path, in: nil) else { return }
    let runs = names.filter { $0.hasSuffix(".run") }.map { note in
      (base: String(note.dropLast(4)), time: modified(note, in: directory.descriptor))
    }
    for run in runs.sorted(by: { $0.time > $1.time }).dropFirst(kept) {
      guard let note = directory.open("\(run.base).run") else { continue }
      if flock(note, LOCK_EX | LOCK_NB) == 0 {
        for suffix in ["log", "log.1", "run"] { directory.remove("\(run.base).\(suffix)") }
      }
      close(note)
    }
  }

  private static func modified(_ name: String, in directory: Int32) -> Int {
    var status = stat()
    return fstatat(directory, name, &status, AT_SYMLINK_NOFOLLOW) == 0 ? status.st_mtim.tv_sec : 0
  }
}
