import Glibc
import TestSupport
import Testing

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
    try run(program: [path] + arguments, variables: variables)
  }

  /// Runs any program to its end; one that does not come to it in time is killed.
  static func run(program words: [String], variables: [String: String] = [:]) throws -> Outcome {
    let run = ProgramRun(words, environment: variables, within: 30)
    let ending = try #require(run.ending, "\(words) does not end: \(run.output) \(run.errors)")
    return Outcome(
      status: ending.code ?? 128 + (ending.signal ?? 0), output: run.output, errors: run.errors)
  }

  /// Starts it and lets it run.
  static func start(_ arguments: [String], variables: [String: String] = [:]) throws -> pid_t {
    let null = open("/dev/null", O_RDWR)
    defer { close(null) }
    let settings = variables.map { "\($0.key)=\($0.value)" }
    let words = (["/usr/bin/env"] + settings + [path] + arguments).map { Array($0.utf8) }
    return try Spawn(
      program: words[0], arguments: words, isSearched: true, descriptors: [null, null, null]
    ).start()
  }

  /// Whether something comes true in time; looks again every few milliseconds.
  static func eventually(seconds: Int = 10, _ isTrue: () -> Bool) -> Bool {
    let deadline = ContinuousClock.now + .seconds(Double(seconds) * Patience.factor)
    while ContinuousClock.now < deadline {
      if isTrue() { return true }
      poll(nil, 0, 10)
    }
    return isTrue()
  }

  /// Reaps one that was started, killing it if it does not end in time; whether it ended by itself.
  static func ends(_ pid: pid_t) -> Bool {
    var hasEnded = false
    let endedItself = eventually {
      hasEnded = hasEnded || waitpid(pid, nil, WNOHANG) != 0
      return hasEnded
    }
    if !hasEnded {
      kill(pid, SIGKILL)
      _ = eventually { waitpid(pid, nil, WNOHANG) != 0 }
    }
    return endedItself
  }

  /// Whether a process is running, and not a zombie.
  static func isRunning(_ pid: Int32) -> Bool {
    guard let process = try? LiveProcesses().open(pid) else { return false }
    return !LiveProcesses().hasEnded(process)
  }
}
