internal import CSystem

/// The firmware of a Raspberry Pi, which knows what slows the board down and since when.
public protocol Firmware: Sendable {
  /// Its flags: bits 0 to 3 hold now, bits 16 to 19 have held since boot.
  func throttleFlags() throws(SystemError) -> UInt32
}

/// Asks this board's firmware through its mailbox; each question may take a moment, so only workers ask.
public struct LiveFirmware: Firmware {
  private let path: String

  /// Names the mailbox's device without opening it.
  public init(path: String = "/dev/vcio") { self.path = path }

  /// The flags of `vcgencmd get_throttled`.
  public func throttleFlags() throws(SystemError) -> UInt32 {
    var flags: UInt32 = 0
    guard cs_firmware_throttled(path, &flags) == 0 else { throw .last }
    return flags
  }
}

/// No firmware to ask: another kind of machine, a fixture tree or a simulation.
public struct NoFirmware: Firmware {
  /// Makes one.
  public init() {}

  /// Is not there.
  public func throttleFlags() throws(SystemError) -> UInt32 { throw .notFound }
}
