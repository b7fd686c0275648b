/// Reads AMD's and Intel's graphics processors from sysfs.
struct DRMProbe: Probe {
  static let provenance = Provenance(
    name: "AMD and Intel graphics",
    reads: "/sys/class/drm/card*/{device/gpu_busy_percent,device/mem_info_vram_*,gt/gt0/*}",
    microseconds: 25)

  static func examine(_ host: Host, target: TargetHandle?) -> Absence? {
    var probe = DRMProbe()
    probe.discover(on: host, Scratch(size: 4096))
    return probe.cards.isEmpty ? .because("no AMD or Intel graphics processor") : nil
  }

  private struct Card {
    var gpu: GPUSample
    var busy: ValueFile?
    var used: ValueFile?
    var temperature: ValueFile?
    var power: ValueFile?
    var clock: ValueFile?
    var clockUnit = 1.0
    var reasons: [(words: Printable, file: ValueFile)] = []
  }

  private static let directory = "/sys/class/drm"

  private var cards: [Card] = []

  /// Finds the cards; their outputs, `card0-HDMI-A-1`, stand beside them.
  mutating func discover(on host: Host, _ scratch: Scratch) {
    cards = ValueFile.names(in: Self.directory, prefix: "card", on: host).filter {
      !$0.contains("-")
    }.compactMap { name in
      let path = "\(Self.directory)/\(name)"
      return Self.amd(name, path, on: host, scratch) ?? Self.intel(name, path, on: host)
    }
  }

  private static func amd(_ name: String, _ path: String, on host: Host, _ scratch: Scratch)
    -> Card?
  {
    guard let busy = ValueFile("\(path)/device/gpu_busy_percent", on: host) else { return nil }
    let product = ValueFile.text("\(path)/device/product_name", on: host, scratch)
    var card = Card(gpu: GPUSample(name: product ?? "AMD \(name)", source: "amdgpu"), busy: busy)
    card.used = ValueFile("\(path)/device/mem_info_vram_used", on: host)
    if let total = ValueFile.number("\(path)/device/mem_info_vram_total", on: host, scratch) {
      card.gpu.memoryTotal = .fresh(Bytes(total))
    }
    let chips = ValueFile.names(in: "\(path)/device/hwmon", prefix: "hwmon", on: host)
    if let chip = chips.first.map({ "\(path)/device/hwmon/\($0)" }) {
      // The junction is what slows the card down; old ones only have the edge.
      card.temperature =
        ValueFile("\(chip)/temp2_input", on: host) ?? ValueFile("\(chip)/temp1_input", on: host)
      card.power =
        ValueFile("\(chip)/power1_average", on: host)
        ?? ValueFile("\(chip)/power1_input", on: host)
      card.clock = ValueFile("\(chip)/freq1_input", on: host)
      card.clockUnit = 1e6
    }
    return card
  }

  private static func intel(_ name: String, _ path: String, on host: Host) -> Card? {
    let older = "\(path)/gt/gt0"
    let newer = "\(path)/device/tile0/gt0/freq0"
    if let clock = ValueFile("\(older)/rps_act_freq_mhz", on: host) {
      var card = Card(gpu: GPUSample(name: "Intel \(name)", source: "i915"), clock: clock)
      card.reasons = reasons("\(older)/throttle_reason_", on: host)
      return card
    }
    guard let clock = ValueFile("\(newer)/act_freq", on: host) else { return nil }
    var card = Card(gpu: GPUSample(name: "Intel \(name)", source: "xe"), clock: clock)
    card.reasons = reasons("\(newer)/throttle/reason_", on: host)
    return card
  }

  private static func reasons(_ prefix: String, on host: Host) -> [(Printable, ValueFile)] {
    let known: [(String, Printable)] = [
      ("thermal", "thermal slowdown"), ("prochot", "processor hot"),
    ]
    return known.compactMap { file, words in
      ValueFile(prefix + file, on: host).map { (words, $0) }
    }
  }

  /// Adds every card.
  func read(into gpus: inout [GPUSample], on host: Host, _ scratch: Scratch) {
    let files = host.files
    for card in cards {
      var gpu = card.gpu
      gpu.utilization =
        card.busy?.number(files, scratch).map { Ratio(Double($0) / 100) } ?? gpu.utilization
      gpu.memoryUsed = card.used?.number(files, scratch).map { Bytes($0) } ?? gpu.memoryUsed
      if let value = card.temperature?.number(files, scratch) {
        gpu.temperature = Temperature.measured(value)
      }
      gpu.watts = card.power?.number(files, scratch).map { Double($0) / 1e6 } ?? gpu.watts
      gpu.megahertz =
        card.clock?.number(files, scratch).map { Double($0) / card.clockUnit } ?? gpu.megahertz
      gpu.throttleReasons = card.reasons.filter {
        ($0.file.number(files, scratch).value ?? 0) != 0
      }.map(\.words)
      gpus.append(gpu)
    }
  }
}
