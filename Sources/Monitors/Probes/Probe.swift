internal import CSystem

/// Reads one kernel source; bytes become numbers here and nowhere else.
public protocol Probe: Sendable {
  /// What it reads, what that costs, and what it takes to be allowed to.
  static var provenance: Provenance { get }

  /// Whether it can work here: `nil` if it can, else why not.
  static func examine(_ host: Host, target: TargetHandle?) -> Absence?
}

/// A probe's documentation as data: `doctor`, help and the cost budget are printed from it.
public struct Provenance: Sendable, Equatable {
  /// A name for people: `process status`.
  public var name: Printable
  /// The files it reads.
  public var reads: Printable
  /// What one reading costs, about, in microseconds.
  public var microseconds: Double
  /// What it takes, in words; empty when nothing.
  public var needs: Printable
  /// The one command that grants it; empty when none does.
  public var grant: Printable

  /// Makes one.
  public init(
    name: Printable, reads: Printable, microseconds: Double, needs: Printable = "",
    grant: Printable = ""
  ) {
    self.name = name
    self.reads = reads
    self.microseconds = microseconds
    self.needs = needs
    self.grant = grant
  }
}

/// A process that is held: its `/proc` directory and its pidfd, and what tells it from a later one of the same number.
public struct TargetHandle: Sendable {
  /// Its number.
  public let pid: Int32
  /// Its directory in `/proc`; answers "no such process" once it is gone, whoever has its number then.
  public let directory: DirectoryHandle
  /// Its pidfd; `nil` where the kernel would not give one.
  public let process: ProcessHandle?
  /// When it started, in clock ticks since boot.
  public let startTicks: UInt64

  /// Makes one.
  public init(pid: Int32, directory: DirectoryHandle, process: ProcessHandle?, startTicks: UInt64) {
    self.pid = pid
    self.directory = directory
    self.process = process
    self.startTicks = startTicks
  }
}

/// Memory to read kernel files into, used again and again by whoever owns it.
///
/// A large one has pages of its own, of which those take room that were once read into.
public final class Scratch {
  private let buffer: UnsafeMutableRawBufferPointer
  private let hasPages: Bool
  private static let large = 16384

  /// Reserves the memory once.
  public init(size: Int = 65536) {
    let pages = size >= Scratch.large ? cs_reserve(size) : nil
    hasPages = pages != nil
    buffer =
      pages.map { UnsafeMutableRawBufferPointer(start: $0, count: size) }
      ?? .allocate(byteCount: size, alignment: 16)
  }

  deinit {
    guard hasPages, let start = buffer.baseAddress else { return buffer.deallocate() }
    cs_unreserve(start, buffer.count)
  }

  /// Reads a file; the bytes are valid until the next call.
  public func read(_ files: any Files, _ path: String, in directory: DirectoryHandle? = nil)
    throws(SystemError) -> UnsafeRawBufferPointer
  {
    let count = try files.read(path, in: directory, into: buffer)
    return UnsafeRawBufferPointer(rebasing: buffer[..<count])
  }

  /// Reads a kept file from its start; the bytes are valid until the next call.
  public func read(_ files: any Files, kept: KeptFile) throws(SystemError) -> UnsafeRawBufferPointer
  {
    let count = try files.read(kept, at: 0, into: buffer)
    return UnsafeRawBufferPointer(rebasing: buffer[..<count])
  }
  /// The process numbers that are names in a directory; uses up what was read before.
  func numbers(_ files: any Files, _ path: String, in directory: DirectoryHandle?)
    throws(SystemError) -> [Int32]
  {
    try files.numbers(path, in: directory, using: buffer)
  }
}
