import Glibc

@testable import Monitors

/// The perftop that was built together with these tests, run as a person runs it.
enum RealProgram {
  /// It lies beside the bundle of these tests, which the toolchain's own runner may have loaded.
  static let path: String = {
    let own = (try? LiveFiles().readLink("/proc/self/exe", in: nil)) ?? []
    let named = CommandLine.arguments.first { $0.hasSuffix(".xctest") }
    let bundle = named ?? String(decoding: own, as: UTF8.self)
    let parts = bundle.split(separator: "/", omittingEmptySubsequences: false).dropLast()
    return parts.joined(separator: "/") + "/perftop"
  }()

  /// What a run left.
  struct Outcome {
    var status: Int32
    var output: String
    var errors: String
  }

  /// Runs it to its end.
  static func run(_ arguments: [String], variables: [String: String] = [:]) throws -> Outcome {
    try run(program: ["/usr/bin/env"] + settings(variables) + [path] + arguments)
  }

  /// Runs any program to its end.
  static func run(program words: [String]) throws -> Outcome {
    let out = try Descriptors.pipe()
    let errors = try Descriptors.pipe()
    let pid = try start(words, output: out.writing, errors: errors.writing)
    close(out.writing)
    close(errors.writing)
    let outcome = Outcome(status: 0, output: text(out.reading), errors: text(errors.reading))
    var status: Int32 = 0
    waitpid(pid, &status, 0)
    return Outcome(
      status: ProcessEnd(waitStatus: status).exitStatus, output: outcome.output,
      errors: outcome.errors)
  }

  /// Starts it and lets it run.
  static func start(_ arguments: [String], variables: [String: String] = [:]) throws -> pid_t {
    let null = open("/dev/null", O_RDWR)
    defer { close(null) }
    return try start(
      ["/usr/bin/env"] + settings(variables) + [path] + arguments, output: null, errors: null)
  }

  private static func start(_ words: [String], output: Int32, errors: Int32) throws -> pid_t {
    let null = open("/dev/null", O_RDONLY)
    defer { close(null) }
    let bytes = words.map { Array($0.utf8) }
    return try Spawn(
      program: bytes[0], arguments: bytes, isSearched: true, descriptors: [null, output, errors]
    ).start()
  }

  private static func settings(_ variables: [String: String]) -> [String] {
    variables.map { "\($0.key)=\($0.value)" }
  }

  private static func text(_ descriptor: Int32) -> String {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65536)
    while true {
      let count = read(descriptor, &buffer, buffer.count)
      if count <= 0 { break }
      bytes += buffer[..<count]
    }
    close(descriptor)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Whether something comes true in time; looks again every few milliseconds.
  static func eventually(seconds: Int = 10, _ isTrue: () -> Bool) -> Bool {
    for _ in 0..<(seconds * 100) {
      if isTrue() { return true }
      poll(nil, 0, 10)
    }
    return isTrue()
  }

  /// Whether a process is running, and not a zombie.
  static func isRunning(_ pid: Int32) -> Bool {
    guard let process = try? LiveProcesses().open(pid) else { return false }
    return !LiveProcesses().hasEnded(process)
  }
}
