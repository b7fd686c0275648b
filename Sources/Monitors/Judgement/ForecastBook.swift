/// Everything that can run out, and when.
struct ForecastBook: Sendable {
  private struct Disk: Sendable {
    var mount: Printable
    var room = FillForecast()
    var inodes: FillForecast?
    var isSeen = true
  }

  private static let mostDisks = 4
  /// Fewer descriptors than these are a program's own matter.
  private static let leastDescriptors = 16
  /// Next to nothing of a disk: less than this share and these bytes, or so many inodes.
  private static let leastShare = 0.001
  private static let leastBytes = 1e6
  private static let leastInodes = 10.0

  private var disks: [Disk] = []
  private var descriptors = FillForecast()
  private var hasLimit = false
  private var heat = HeatForecast()
  private var heatLimit: Double?

  /// Takes what one tick shows.
  mutating func update(_ input: Readings, _ settings: JudgementConfig) {
    let seconds = input.sample.moment.seconds
    takeDisks(input, at: seconds)
    takeDescriptors(input, at: seconds)
    let sensor = input.thermal.hottest.value
    heatLimit = sensor.map { $0.passiveLimit?.degrees ?? settings.criticalCelsius }
    heat.update(
      input.thermal.hottest.fresh?.celsius.fresh?.degrees, of: sensor?.name, at: seconds)
  }

  /// What the target had is no longer of it; what the machine has is.
  mutating func forgetTarget() {
    descriptors.forget()
    hasLimit = false
  }

  /// All forecasts, those that are nearest first.
  func forecasts(memory: Forecast?) -> [Forecast] {
    var all: [Forecast] = []
    if let memory { all.append(memory) }
    for disk in disks {
      all.append(Forecast(.disk, disk.mount, outlook: disk.room.outlook))
      if let inodes = disk.inodes {
        all.append(Forecast(.inodes, disk.mount, outlook: inodes.outlook))
      }
    }
    if hasLimit {
      all.append(Forecast(.descriptors, outlook: descriptors.outlook))
    }
    if let heatLimit {
      all.append(Forecast(.throttling, outlook: heat.outlook(limit: heatLimit)))
    }
    return all.sorted { ($0.span?.median ?? .infinity) < ($1.span?.median ?? .infinity) }
  }

  private mutating func takeDisks(_ input: Readings, at seconds: Double) {
    for index in disks.indices { disks[index].isSeen = false }
    for filesystem in input.storage.filesystems {
      guard let place = place(of: filesystem.mount) else { continue }
      disks[place].isSeen = true
      // What has no size, as some made by programs, is not full for having no room.
      let space = filesystem.space.fresh.flatMap { $0.total > .zero ? $0 : nil }
      let room = space.map { Double($0.total.count) * ForecastBook.leastShare } ?? 0
      disks[place].room.update(
        space.map { Double($0.available.count) }, least: min(room, ForecastBook.leastBytes),
        at: seconds)
      guard let space, space.inodes > 0 else { continue }
      if disks[place].inodes == nil { disks[place].inodes = FillForecast() }
      let inodes = Double(space.inodes) * ForecastBook.leastShare
      disks[place].inodes?.update(
        Double(space.inodesFree), least: min(inodes, ForecastBook.leastInodes), at: seconds)
    }
    if disks.contains(where: { !$0.isSeen }) { disks.removeAll { !$0.isSeen } }
  }

  /// Where a disk stands among those that are kept; one too many is not.
  private mutating func place(of mount: Printable) -> Int? {
    if let place = disks.firstIndex(where: { $0.mount == mount }) { return place }
    guard disks.count < ForecastBook.mostDisks else { return nil }
    disks.append(Disk(mount: mount))
    return disks.count - 1
  }

  /// Those of the process itself: each of its children has a limit of its own.
  private mutating func takeDescriptors(_ input: Readings, at seconds: Double) {
    guard let target = input.target else { return descriptors.update(nil, at: seconds) }
    guard case .fresh(.some(let limit)) = target.descriptorLimit, limit > 0 else {
      hasLimit = false
      return
    }
    hasLimit = true
    guard let open = target.root.descriptors.fresh else {
      return descriptors.update(nil, at: seconds)
    }
    // What is opened and closed again at the limit comes and goes by one or two.
    let least = Double(min(2, limit / 100))
    let left = Double(limit) - Double(max(0, open))
    let most = Double(max(0, limit - ForecastBook.leastDescriptors))
    let known = left <= least ? left : max(least + 1, min(left, most))
    descriptors.update(known, least: least, at: seconds)
  }
}
