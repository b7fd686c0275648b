import Glibc

/// A program on a terminal, driven as a person would: keys in, screen out, never waiting longer than it must.
///
///     let session = try Session(["perftop", "demo"])
///     #expect(session.sees("Memory"))
///     session.press("q")
///     #expect(session.ends(within: 2)?.code == 0)
public final class Session {
  /// The system refused a terminal or a process.
  public struct Failure: Error { var what: String }

  /// The terminal's settings, to be compared before and after.
  public struct Modes: Equatable, Sendable {
    var flags: [UInt32]
    var characters: [UInt8]
    /// Whether lines are edited and echoed: a shell's terminal.
    public var isCooked: Bool {
      flags.count == 4 && flags[3] & UInt32(ICANON | ECHO) == UInt32(ICANON | ECHO)
    }
  }

  /// The program.
  public let child: SessionChild
  /// What is on the screen.
  public private(set) var screen: VirtualTerminal
  /// Every byte it wrote to the terminal.
  public private(set) var output: [UInt8] = []
  /// The terminal's settings before the program began.
  public let modesBefore: Modes
  private var master: Int32
  private let slave: Int32
  private var isStalled = false

  /// Starts a program on a terminal of that size; `perftop` means the one that was built.
  public init(
    _ arguments: [String], columns: Int = 120, rows: Int = 40,
    environment: [String: String] = [:], ignoringHangup: Bool = false
  ) throws(Failure) {
    let (master, path) = try Session.openTerminal()
    slave = open(path, O_RDWR | O_NOCTTY | O_CLOEXEC)
    self.master = master
    screen = VirtualTerminal(columns: columns, rows: rows)
    Session.setSize(master, columns, rows)
    modesBefore = Session.modes(of: slave)
    let program = BuiltProgram.resolved(arguments)
    let ignoring = ["/bin/sh", "-c", "trap '' HUP; exec \"$@\"", "sh"]
    let whole = ignoringHangup ? ignoring + program : program
    guard
      let child = SessionChild(
        whole, environment: BuiltProgram.environment(environment), streams: .terminal(path: path))
    else {
      close(master)
      close(slave)
      throw Failure(what: "can not start \(arguments)")
    }
    self.child = child
  }

  deinit {
    if master >= 0 { close(master) }
    close(slave)
  }

  /// Makes a terminal: its other end, and where it is.
  public static func openTerminal() throws(Failure) -> (Int32, String) {
    // posix_openpt needs _GNU_SOURCE, openpty can not close on exec: one made while another test spawns must not leak.
    let unlock: UInt = 0x4004_5431
    let number: UInt = 0x8004_5430
    let master = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
    var zero: Int32 = 0
    var index: UInt32 = 0
    guard master >= 0, ioctl(master, unlock, &zero) == 0, ioctl(master, number, &index) == 0 else {
      throw Failure(what: "no pseudo-terminal")
    }
    return (master, "/dev/pts/\(index)")
  }

  private static func setSize(_ descriptor: Int32, _ columns: Int, _ rows: Int) {
    var size = winsize(
      ws_row: UInt16(clamping: rows), ws_col: UInt16(clamping: columns), ws_xpixel: 0, ws_ypixel: 0)
    _ = ioctl(descriptor, UInt(TIOCSWINSZ), &size)
  }

  private static func modes(of descriptor: Int32) -> Modes {
    var found = termios()
    guard tcgetattr(descriptor, &found) == 0 else { return Modes(flags: [], characters: []) }
    return Modes(
      flags: [found.c_iflag, found.c_oflag, found.c_cflag, found.c_lflag],
      characters: withUnsafeBytes(of: found.c_cc) { Array($0) })
  }

  /// The terminal's settings now.
  public var modes: Modes { Session.modes(of: slave) }

  /// Whether the terminal is as it was found: settings, screen, cursor, mouse, paste.
  public var isRestored: Bool {
    modes == modesBefore
      && screen.modes.isDisjoint(with: [1049, 1000, 1002, 1003, 1006, 2004, 2026])
      && screen.modes.contains(25)
  }

  /// Bytes that wait on the terminal to be read by whoever comes next: keys that nobody took.
  public var typedAhead: Int {
    var count: Int32 = 0
    return ioctl(slave, UInt(FIONREAD), &count) == 0 ? Int(count) : 0
  }

  /// Types.
  public func press(_ keys: String) {
    let bytes = Array(keys.utf8)
    _ = write(master, bytes, bytes.count)
  }

  /// Changes the terminal's size.
  public func resize(columns: Int, rows: Int) {
    screen.resize(columns: columns, rows: rows)
    Session.setSize(master, columns, rows)
  }

  /// Nobody reads any more, as when a connection is black-holed.
  public func stall() { isStalled = true }

  /// Somebody reads again.
  public func unstall() { isStalled = false }

  /// The connection is gone.
  public func closeMaster() {
    if master >= 0 { close(master) }
    master = -1
  }

  /// Waits until the screen shows a text; `false` if it does not in time.
  public func sees(_ text: String, within seconds: Double = 5) -> Bool {
    sees(within: seconds) { $0.text.contains(text) }
  }

  /// Waits until the screen is as described.
  public func sees(within seconds: Double = 5, _ isRight: (VirtualTerminal) -> Bool) -> Bool {
    pump(within: seconds) { isRight(screen) }
  }

  /// Reads along for a while, whatever comes.
  public func watch(for seconds: Double) { _ = pump(within: seconds) { false } }

  /// Waits for the program to end; `nil` if it does not in time.
  public func ends(within seconds: Double) -> Ending? {
    _ = pump(within: seconds) { child.reap() }
    while child.ending != nil, hasOutput(0) { receive() }
    return child.ending
  }

  /// Lets go of the output so far, in a test that runs long.
  public func forget() { output = [] }

  /// Waits until so many bytes have come in all.
  public func receives(_ count: Int, within seconds: Double) -> Bool {
    pump(within: seconds) { output.count >= count }
  }

  private func pump(within seconds: Double, until isDone: () -> Bool) -> Bool {
    let deadline = Deadline(seconds)
    while !isDone() {
      guard let left = deadline.milliseconds else { return false }
      if hasOutput(left) {
        receive()
      } else if child.reap() {
        return isDone()
      }
    }
    return true
  }

  /// Waits for output or the program's end, whichever comes first.
  private func hasOutput(_ milliseconds: Int32) -> Bool {
    let source = isStalled ? -1 : master
    var requests = [
      pollfd(fd: source, events: Int16(POLLIN), revents: 0),
      pollfd(fd: child.ending == nil ? child.endDescriptor : -1, events: Int16(POLLIN), revents: 0),
    ]
    poll(&requests, 2, milliseconds)
    return requests[0].revents & Int16(POLLIN) != 0
  }

  private func receive() {
    let capacity = 65536
    let bytes = [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
      count = max(0, read(master, buffer.baseAddress, capacity))
    }
    output += bytes
    screen.feed(bytes)
  }
}
