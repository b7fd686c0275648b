internal import CSystem

/// The library of NVIDIA's driver, loaded at run time where there is one; a call may block, so only workers call.
public struct GraphicsLibrary: Sendable {
  /// The library's file, looked up as the dynamic linker does.
  public let path: String

  /// Names a library without loading it.
  public init(path: String = "libnvidia-ml.so.1") { self.path = path }

  /// A library that has been loaded and has found its driver.
  public struct Session: Sendable {
    fileprivate let address: UInt64
  }

  /// Loads the library and greets the driver; the text says why that failed.
  public func open() -> Result<Session, Refusal> {
    var status: Int32 = 0
    let address = cs_nvml_open(path, &status)
    return address != 0 ? .success(Session(address: address)) : .failure(Refusal(status: status))
  }

  /// What the driver says of each processor now; fails where the driver has to be greeted again.
  public func read(_ session: Session) -> Result<[GraphicsFacts], Refusal> {
    var count: UInt32 = 0
    let status = cs_nvml_count(session.address, &count)
    guard status == 0 else { return .failure(Refusal(status: status)) }
    let most: UInt32 = 16
    var all: [GraphicsFacts] = []
    for index in 0..<min(count, most) {
      var facts = cs_gpu()
      let status = cs_nvml_read(session.address, index, &facts)
      let lost: Int32 = 15
      guard status != lost else { return .failure(Refusal(status: status)) }
      if status == 0 { all.append(GraphicsFacts(facts)) }
    }
    return .success(all)
  }

  /// Lets the driver go.
  public func close(_ session: Session) { cs_nvml_close(session.address) }

  /// Why the library is of no use now.
  public struct Refusal: Error, Sendable, Equatable {
    /// The library's status, or -1 where there is no library and -2 where it is not the one we know.
    public let status: Int32

    /// Wraps a status.
    public init(status: Int32) { self.status = status }

    /// The reason in words.
    public var absence: Absence {
      switch status {
      case -1: .because("NVIDIA's library libnvidia-ml.so.1 is not installed")
      case 4: .notPermitted(needs: "access to /dev/nvidia*")
      case 9: .because("NVIDIA's driver is not loaded")
      case 15: .because("the graphics processor fell off the bus")
      case 18: .because("NVIDIA's driver was upgraded: reboot, or reload it")
      default: .because("NVIDIA's library refused with status \(status)")
      }
    }
  }
}
