/// The script that Python runs, in a directory of its own that only the target's user can enter.
struct PythonScript {
  /// How the target names it.
  let path: String
  private let parent: DirectoryHandle
  private let folder: String
  private let directory: DirectoryHandle

  private static let script = "collect.py"
  private static let claim = "begun"
  private static let answer = "result"

  /// Lays it where the target finds it, under a name that nobody can know before.
  init(_ errand: Errand) throws(RoadFailure) {
    let number = UInt64.random(in: 0 ... .max)
    folder = "root/tmp/.perftop-\(String(number, radix: 36))"
    parent = errand.target.handle.directory
    let (user, group) = (errand.standing.user, errand.standing.group)
    do throws(SystemError) {
      directory = try KernelFile.createDirectory(folder, in: parent, owner: user, group: group)
    } catch {
      throw RoadFailure(error, needs: Target.rights, doing: "laying a script into its /tmp")
    }
    let place = String(folder.dropFirst("root".count))
    path = "\(place)/\(PythonScript.script)"
    do throws(SystemError) {
      try KernelFile.create(
        PythonScript.script, in: directory, PythonScript.text(in: place), owner: user, group: group)
    } catch {
      KernelFile.removeDirectory(folder, in: parent)
      throw RoadFailure(error, needs: Target.rights, doing: "laying a script into its /tmp")
    }
  }

  /// Whether Python has begun with it.
  var hasBegun: Bool { KernelFile.text(PythonScript.claim, in: directory) != nil }

  /// How many objects were collected, and how long the program was held up; `nil` until it is over.
  var result: (objects: Int, seconds: Double)? {
    guard let text = KernelFile.text(PythonScript.answer, in: directory) else { return nil }
    let words = text.split(whereSeparator: \.isWhitespace)
    guard words.count == 2, let objects = Int(words[0]), objects >= 0,
      let seconds = Double(words[1]), seconds.isFinite, seconds >= 0
    else { return nil }
    return (objects, seconds)
  }

  /// Leaves nothing behind.
  func remove() {
    for name in [PythonScript.script, PythonScript.claim, PythonScript.answer, "writing"] {
      KernelFile.remove(name, in: directory)
    }
    KernelFile.removeDirectory(folder, in: parent)
  }

  /// Runs once, whichever thread comes first, and leaves no name behind in the program.
  static func text(in place: String) -> String {
    """
    def perftop_collect():
        import gc, os, time
        place = "\(place)"
        try:
            os.close(os.open(place + "/\(claim)", os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        except OSError:
            return
        begin = time.monotonic()
        objects = gc.collect()
        try:
            import ctypes
            ctypes.CDLL(None).malloc_trim(0)
        except Exception:
            pass
        seconds = time.monotonic() - begin
        try:
            with open(place + "/writing", "w") as file:
                file.write("%d %.6f\\n" % (objects, seconds))
            os.rename(place + "/writing", place + "/\(answer)")
        except OSError:
            pass
    try:
        perftop_collect()
    finally:
        del perftop_collect

    """
  }
}
