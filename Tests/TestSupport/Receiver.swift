import Glibc
public import Monitors

/// A real server on this machine that takes messages, or behaves badly: SMTP or HTTP, and TLS where it has a certificate.
public final class Receiver {
  /// What it speaks.
  public enum Kind: String, Sendable { case http, smtp }

  /// Where it listens, on 127.0.0.1.
  public let port: Int
  private let folder: TemporaryDirectory
  private let child: SessionChild

  /// Whether such servers can be had here.
  public static let isAvailable = Ability.program("python3").isAvailable
  /// Whether they can speak TLS.
  public static let hasCertificates = isAvailable && Ability.program("openssl").isAvailable

  /// Starts one; `nil` if it does not come up.
  public init?(_ kind: Kind, certificate: Certificate? = nil) {
    guard let folder = try? TemporaryDirectory() else { return nil }
    var ends: [Int32] = [-1, -1]
    pipe(&ends)
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    defer { close(ends[0]) }
    let script = "\(Checkout.root)/Tests/Fixtures/receivers/receiver.py"
    let files = certificate.map { [$0.path, $0.keyPath] } ?? []
    let child = SessionChild(
      ["python3", script, kind.rawValue, folder.path] + files,
      environment: BuiltProgram.environment([:]),
      streams: .descriptors(input: nil, output: ends[1], errors: STDERR_FILENO))
    close(ends[1])
    var request = pollfd(fd: ends[0], events: Int16(POLLIN), revents: 0)
    var line = [UInt8](repeating: 0, count: 16)
    let patience: Int32 = 20000
    guard let child, poll(&request, 1, patience) > 0,
      case let count = read(ends[0], &line, line.count), count > 1,
      let port = Int(String(decoding: line.prefix(count - 1), as: UTF8.self))
    else { return nil }
    self.child = child
    self.folder = folder
    self.port = port
  }

  /// How it behaves from the next connection on.
  public func behave(_ mode: String) {
    guard let file = try? OutputFile("\(folder.path)/mode.new") else { return }
    file.replaceContent(with: mode)
    file.close()
    try? OutputFile.rename("\(folder.path)/mode.new", to: "\(folder.path)/mode")
  }

  /// What it got, a JSON object each.
  public var log: [JSONValue] {
    folder.text("log").split(separator: "\n").compactMap { try? JSONReader.object(String($0)) }
  }

  /// Waits until it got so much, but not for ever.
  public func hears(_ count: Int, within seconds: Double = 20) -> Bool {
    let deadline = Deadline(seconds)
    while log.count < count {
      guard deadline.milliseconds != nil else { return false }
      poll(nil, 0, 20)
    }
    return true
  }
}

/// A certificate for localhost that nobody has signed but itself.
public final class Certificate {
  /// The certificate.
  public let path: String
  /// Its key.
  public let keyPath: String
  private let folder: TemporaryDirectory

  /// Makes one; `nil` where the machine can't.
  public init?(for name: String = "localhost") {
    guard let folder = try? TemporaryDirectory() else { return nil }
    self.folder = folder
    path = "\(folder.path)/certificate.pem"
    keyPath = "\(folder.path)/key.pem"
    let run = ProgramRun(
      [
        "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
        "-nodes", "-days", "2", "-subj", "/CN=\(name)", "-addext", "subjectAltName=DNS:\(name)",
        "-keyout", keyPath, "-out", path,
      ], within: 20)
    if run.code != 0 { return nil }
  }
}
