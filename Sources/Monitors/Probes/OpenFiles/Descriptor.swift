/// One descriptor of one process.
struct Descriptor: Sendable {
  /// What it turned out to be.
  enum Role: Sendable {
    /// Not looked at yet.
    case unknown
    /// A pipe, socket, device, or a file that is no data.
    case ignored
    /// A file open for reading only.
    case reading
    /// A file open for writing.
    case writing
  }

  /// What it waits for: each queue has a budget of its own.
  enum Queue: Sendable {
    /// To be looked at for the first time.
    case first
    /// The same, and it was written lately.
    case firstAndLively
    /// A file that was being written when last looked at.
    case active
    /// A file open for writing into which nothing was written.
    case idle
    /// A file open for reading.
    case reading
    /// To be checked for whether it still is no data.
    case ignored
  }

  /// Its number.
  let number: Int32
  /// The magic link that leads to the file, within the process's directory.
  let link: String
  /// Where position and flags are told.
  let info: String
  /// Whether it was opened while watched, so that its position began at 0.
  private(set) var isNew: Bool
  /// What it is.
  var role = Role.unknown
  /// Which file it leads to.
  var key: FileKey?
  /// Whether each write goes to the end of the file.
  var isAppending = false
  /// Whether the file had changed when it was last looked at.
  var isActive = true
  /// Whether a glance has shown when the file was written last, and whether that was lately.
  var glance: Bool?
  /// Its `fdinfo`, held open.
  var kept: KeptFile?
  /// Its position when last looked at.
  var position: Int64 = 0

  /// Names one that has not been looked at.
  init(number: Int32, isNew: Bool) {
    self.number = number
    self.isNew = isNew
    link = "fd/\(number)"
    info = "fdinfo/\(number)"
  }

  /// Where it waits.
  var queue: Queue {
    switch role {
    case .unknown: glance == true ? .firstAndLively : .first
    case .writing: isActive ? .active : .idle
    case .reading: .reading
    case .ignored: .ignored
    }
  }

  /// Begins anew: the number leads to something else now.
  mutating func forget() {
    role = .unknown
    key = nil
    isAppending = false
    isActive = true
    position = 0
    kept = nil
    glance = nil
    isNew = true
  }
}

/// The descriptors of one process, listed again only when that is due.
struct DescriptorTable: Sendable {
  /// The process.
  private(set) var handle: TargetHandle
  /// By number.
  var descriptors: [Descriptor] = []
  private var turns: [Descriptor.Queue: Int] = [:]
  private var names: [String] = []
  private var count: Int64 = -1
  private var listed: Moment?
  private var nextGlance = 0
  /// Whether its descriptors may not be listed or looked at.
  var isDenied = false

  private static let fewDescriptors = 64
  /// A swap at equal count and another number goes unnoticed for as long as this, in seconds.
  private static let trust = 2.5
  private static let longTrust = 4.5
  /// Listing costs by the number: so many are listed in a second, and half as many where nothing hints at a change.
  private static let listedPerSecond = 1000.0

  /// Knows none yet.
  init(handle: TargetHandle) { self.handle = handle }

  /// Whether it was never listed.
  var isUnlisted: Bool { listed == nil }

  /// The places of descriptors in a queue whose turn it is; those left over come first next time.
  mutating func turn(_ queue: Descriptor.Queue, atMost most: Int) -> [Int] {
    guard most > 0, !descriptors.isEmpty else { return [] }
    let start = turns[queue, default: 0]
    var places: [Int] = []
    for offset in descriptors.indices {
      let place = (start + offset) % descriptors.count
      guard descriptors[place].queue == queue else { continue }
      if places.count == most {
        turns[queue] = place
        return places
      }
      places.append(place)
    }
    return places
  }

  /// The places of descriptors that nobody has cast a glance at.
  mutating func unglanced(atMost most: Int) -> [Int] {
    var places: [Int] = []
    for place in descriptors.indices.dropFirst(nextGlance) {
      guard places.count < most else { return places }
      nextGlance = place + 1
      if descriptors[place].role == .unknown, descriptors[place].glance == nil {
        places.append(place)
      }
    }
    nextGlance = 0
    return places
  }

  /// Lists again if that is due and gives the descriptors that are closed.
  mutating func refresh(_ files: any Files, at moment: Moment, isNew: Bool, isEager: Bool)
    throws(SystemError) -> [Descriptor]
  {
    let now = try files.status("fd", in: handle.directory, following: true).size
    // Kernels before 6.2 do not tell how many there are.
    let isBlind = now == 0 && isEager && descriptors.count <= DescriptorTable.fewDescriptors
    let rest = Double(descriptors.count) / DescriptorTable.listedPerSecond
    let trust = max(2 * rest, isEager ? DescriptorTable.trust : DescriptorTable.longTrust)
    let age = listed.map { moment.seconds(since: $0) } ?? .infinity
    guard age >= trust || isBlind || now != count && age >= rest else { return [] }
    let found: [String]
    do throws(SystemError) { found = try files.list("fd", in: handle.directory) } catch {
      // Asked again next time: an answer that never came is not one that can be trusted for a while.
      listed = nil
      throw error
    }
    count = now
    listed = moment
    guard found != names else { return [] }
    names = found
    return merge(found.compactMap { Int32($0) }.sorted(), isNew: isNew)
  }

  private mutating func merge(_ numbers: [Int32], isNew: Bool) -> [Descriptor] {
    var merged: [Descriptor] = []
    merged.reserveCapacity(numbers.count)
    var closed: [Descriptor] = []
    var old = descriptors[...]
    for number in numbers {
      while let first = old.first, first.number < number {
        closed.append(first)
        old.removeFirst()
      }
      if let first = old.first, first.number == number {
        merged.append(first)
        old.removeFirst()
      } else {
        merged.append(Descriptor(number: number, isNew: isNew))
      }
    }
    descriptors = merged
    return closed + old
  }
}
