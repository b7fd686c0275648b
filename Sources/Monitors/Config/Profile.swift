/// A kind of machine, and the defaults that suit it where they are not the same for all.
public enum Profile: String, Sendable, CaseIterable {
  case auto
  case raspberryPi = "raspberry_pi"
  case jetson, desktop

  /// Which of the others a machine is; one that says nothing of itself counts as a desktop.
  public static func recognised(on host: Host) -> Profile {
    let scratch = Scratch(size: 4096)
    let models = ["/proc/device-tree/model", "/sys/firmware/devicetree/base/model"]
    let model = models.lazy.compactMap { ValueFile.text($0, on: host, scratch)?.text }.first ?? ""
    if model.contains("Raspberry Pi") { return .raspberryPi }
    let isTegra = model.contains("Jetson") || model.contains("NVIDIA")
    let release = try? host.files.status("/etc/nv_tegra_release", in: nil, following: true)
    return isTegra || release != nil ? .jetson : .desktop
  }

  /// The profile meant: `auto` means what the machine is.
  public func resolved(on host: Host) -> Profile {
    self == .auto ? Profile.recognised(on: host) : self
  }

  /// Puts its defaults in place; those of `Config` are a Raspberry Pi's.
  public func apply(to config: inout Config) {
    switch self {
    case .auto, .raspberryPi: return
    case .jetson:
      // Its processors are built to run hot: the kernel slows them down at 99 °C.
      config.thermal.warningCelsius = 85
      config.thermal.criticalCelsius = 95
      // Graphics take from the same memory, and there is next to no swap.
      config.alerts.memoryWarningPercent = 80
    case .desktop:
      config.thermal.warningCelsius = 85
      config.thermal.criticalCelsius = 95
    }
  }
}
