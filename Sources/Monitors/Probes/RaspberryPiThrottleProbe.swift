import Glibc

/// Reads what a Raspberry Pi's firmware and power chip say about being slowed down.
///
/// The firmware's mailbox knows best; the same flags in sysfs are the second choice, because reading them leaves a
/// warning in the kernel's log and their sticky half is cleared by another driver.
struct RaspberryPiThrottleProbe: Probe {
  static let provenance = Provenance(
    name: "Raspberry Pi throttling",
    reads: "/dev/vcio, raspberrypi-firmware get_throttled, hwmon rpi_volt in0_lcrit_alarm",
    microseconds: 15, needs: "group video for /dev/vcio",
    grant: "sudo usermod -aG video $USER")

  static func examine(_ host: Host, target: TargetHandle?) -> Absence? {
    let scratch = Scratch(size: 4096)
    guard isRaspberryPi(host, scratch) else { return .because("not a Raspberry Pi") }
    do throws(SystemError) {
      _ = try host.firmware.throttleFlags()
      return nil
    } catch {
      if error == .notAllowed {
        return .notPermitted(
          needs: "group video for /dev/vcio, which knows what happened since boot")
      }
    }
    if flagsPath(host) != nil { return nil }
    let hasAlarm = HwmonDevice.all(on: host, scratch).contains { $0.name == alarmChip }
    return hasAlarm
      ? .because("only the under-voltage alarm: no /dev/vcio and no get_throttled here")
      : .because("no /dev/vcio, no get_throttled and no rpi_volt on this Raspberry Pi")
  }

  private static let drivers = "/sys/bus/platform/drivers/raspberrypi-firmware"
  private static let classic = "/sys/devices/platform/soc/soc:firmware/get_throttled"
  private static let alarmChip: Printable = "rpi_volt"
  private static let source: Printable = "raspberrypi firmware"
  private static let causes: [(bit: UInt32, cause: ThrottleSample.Cause)] = [
    (0, .underVoltage), (1, .frequencyCap), (2, .throttled), (3, .softTemperature),
  ]

  private static let mostFailures = 3

  private let mailbox: Worker<Result<UInt32, SystemError>>
  private var mailboxPeriod = Period(seconds: 2)
  private var asksMailbox = false
  private var failures = 0
  private var flagsFile: String?
  private var alarm: ValueFile?
  private var flags: UInt32?

  /// Makes one that has asked nothing yet.
  init(inlineWorkers: Bool) { mailbox = Worker(name: "firmware", isInline: inlineWorkers) }

  private static func isRaspberryPi(_ host: Host, _ scratch: Scratch) -> Bool {
    let model = ValueFile.text("/proc/device-tree/model", on: host, scratch)
    return model?.text.contains("Raspberry Pi") ?? false || flagsPath(host) != nil
  }

  /// The flags' stable place is below the driver's name, whatever the model calls the device.
  private static func flagsPath(_ host: Host) -> String? {
    let devices = (try? host.files.list(drivers, in: nil)) ?? []
    let candidates = devices.sorted().map { "\(drivers)/\($0)/get_throttled" } + [classic]
    return candidates.first {
      (try? host.files.status($0, in: nil, following: true)) != nil
    }
  }

  /// Finds the sources this board has.
  mutating func discover(_ devices: [HwmonDevice], on host: Host, _ scratch: Scratch) {
    let isPi = Self.isRaspberryPi(host, scratch)
    asksMailbox = isPi
    flagsFile = isPi ? Self.flagsPath(host) : nil
    alarm = devices.first { $0.name == Self.alarmChip }?.value("in0_lcrit_alarm", on: host)
  }

  /// Adds what each source says now.
  mutating func read(
    into throttles: inout [ThrottleSample], on host: Host, at moment: Moment, _ scratch: Scratch
  ) {
    if asksMailbox { askMailbox(on: host, at: moment) }
    if !asksMailbox, let flagsFile {
      flags = (try? scratch.read(host.files, flagsFile)).flatMap(Self.hexadecimal)
    }
    if let flags {
      for (bit, cause) in Self.causes {
        throttles.append(
          ThrottleSample(
            cause, source: Self.source, now: flags >> bit & 1 == 1,
            sinceBoot: flags >> (bit + 16) & 1 == 1))
      }
    }
    if let value = alarm?.number(host.files, scratch).value {
      throttles.append(ThrottleSample(.underVoltage, source: "rpi_volt alarm", now: value != 0))
    }
  }

  /// A mailbox that fails again and again is not ours to open, or not there: from then on the file is read.
  private mutating func askMailbox(on host: Host, at moment: Moment) {
    if mailboxPeriod.isDue(at: moment) {
      let firmware = host.firmware
      mailbox.start(at: moment) {
        do throws(SystemError) { return .success(try firmware.throttleFlags()) } catch {
          return .failure(error)
        }
      }
    }
    guard case .done(let answer) = mailbox.poll() else { return }
    switch answer {
    case .success(let found):
      flags = found
      failures = 0
    case .failure(let error):
      flags = nil
      failures += 1
      asksMailbox = error == SystemError(EIO) && failures < Self.mostFailures
    }
  }

  /// The flags as sysfs writes them: bare hexadecimal, `50005`.
  static func hexadecimal(_ bytes: UnsafeRawBufferPointer) -> UInt32? {
    UInt32(bytes.trimmed.text, radix: 16)
  }
}
