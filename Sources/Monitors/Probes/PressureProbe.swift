import Glibc

/// Reads how long tasks of the whole machine wait for processors, memory and storage.
struct PressureProbe: Probe {
  static let provenance = Provenance(
    name: "pressure", reads: "/proc/pressure/{cpu,memory,io}", microseconds: 6,
    needs: "a kernel with pressure stall information (PSI)",
    grant: "add psi=1 to the kernel command line and reboot")

  static func examine(_ host: Host, target: TargetHandle?) -> Absence? {
    let scratch = Scratch(size: 4096)
    var file = KernelText("/proc/pressure/cpu")
    if case .failure(let error) = file.read(host, scratch) { return absence(of: error) }
    return nil
  }

  private var cpu = KernelText("/proc/pressure/cpu")
  private var memory = KernelText("/proc/pressure/memory")
  private var io = KernelText("/proc/pressure/io")
  private var retry = Period(seconds: 60)
  private var refusal: Absence?

  /// Fills in what it knows; a kernel without the files is asked once a minute.
  mutating func read(
    into system: inout SystemSample, on host: Host, at moment: Moment, _ scratch: Scratch
  ) {
    if let refusal, !retry.isDue(at: moment) {
      system.cpuPressure = .missing(refusal)
      system.memoryPressure = .missing(refusal)
      system.ioPressure = .missing(refusal)
      return
    }
    system.cpuPressure = PressureProbe.read(&cpu, host, scratch)
    system.memoryPressure = PressureProbe.read(&memory, host, scratch)
    system.ioPressure = PressureProbe.read(&io, host, scratch)
    let areAllMissing =
      system.cpuPressure.value == nil && system.memoryPressure.value == nil
      && system.ioPressure.value == nil
    refusal = areAllMissing ? system.cpuPressure.absence : nil
    if areAllMissing { _ = retry.isDue(at: moment) }
  }

  private static func read(_ file: inout KernelText, _ host: Host, _ scratch: Scratch)
    -> Measured<PressureSample>
  {
    switch file.read(host, scratch) {
    case .success(let bytes):
      PressureFile.parse(bytes).map { .fresh($0) } ?? .missing(.malformed)
    case .failure(let error): .missing(absence(of: error))
    }
  }

  private static func absence(of error: SystemError) -> Absence {
    let isOff = [ENOENT, ENOTDIR, EOPNOTSUPP, EINVAL].contains(error.code)
    return isOff ? .because("this kernel keeps no pressure information") : error.absence()
  }
}
