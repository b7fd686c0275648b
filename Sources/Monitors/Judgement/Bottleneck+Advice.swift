extension Bottleneck {
  private static let littleBytes = 4096.0
  private static let bursts = 4.0
  private static let mostAdvice = 4
  private static let textFormats: Set<Printable> = ["csv", "json", "jsonl", "text", "txt", "xml"]

  /// What helps against it, by what the target is and can do.
  mutating func advise(
    _ input: Readings, _ signs: BottleneckSigns, _ settings: JudgementConfig
  ) {
    let link = input.sample.link.value
    let lower: [Advice] = link?.offers.contains(.quality) == true ? [.lowerQuality] : []
    switch kind {
    case .cpu: advice = lower + cpuAdvice(input)
    case .memory: advice = memoryAdvice(input, signs, settings)
    case .storage: advice = storageAdvice(input, signs, settings)
    case .thermal: advice = lower + [.cooling]
    case .latency: advice = [.operations]
    case .throughput: advice = Bottleneck.batchAdvice(input) + lower + [.operations]
    case .queue: advice = lower + [.feedSlower]
    case .system: advice = [.otherPrograms]
    }
    if advice.count > Bottleneck.mostAdvice {
      advice.removeLast(advice.count - Bottleneck.mostAdvice)
    }
  }

  private func cpuAdvice(_ input: Readings) -> [Advice] {
    switch evidence {
    case .thread(_, let processors) where processors > 1:
      (input.vitals.cpu.value?.value ?? 0) < 0.8 ? [.moreProcesses] : [.fewerLines]
    case .quota: [.raiseQuota]
    default: [.fewerLines]
    }
  }

  private func memoryAdvice(
    _ input: Readings, _ signs: BottleneckSigns, _ settings: JudgementConfig
  ) -> [Advice] {
    var advice: [Advice] = []
    let link = input.sample.link.value
    let heap = input.memory.heap.value?.used.value.map { Double($0.count) / 1e6 } ?? 0
    if heap >= settings.collectThreshold { advice.append(.collect) }
    if link?.caches.contains(where: { $0.isEvictable && ($0.bytes?.count ?? 1) > 0 }) == true {
      advice.append(.evict)
    }
    if (input.batching.current ?? 0) > 1 { advice.append(.smallerBatches) }
    if (signs.collecting.value ?? 0) > 0.1 || input.memory.isGrowing { advice.append(.objects) }
    return advice + [.memoryLimit]
  }

  private func storageAdvice(
    _ input: Readings, _ signs: BottleneckSigns, _ settings: JudgementConfig
  ) -> [Advice] {
    var advice: [Advice] = []
    if let bytes = signs.callSize.value, bytes < Bottleneck.littleBytes {
      advice.append(.largerBuffers(bytes))
    }
    let formats = input.storage.formats
    let total = formats.reduce(0) { $0 + $1.writeRate.value }
    let text = formats.first { Bottleneck.textFormats.contains($0.format) }
    if let text, total > 0, text.writeRate.value > total / 2 {
      advice.append(.binaryFormat(text.format))
    }
    if let bursts = Bottleneck.bursts(input.storage), bursts >= Bottleneck.bursts {
      advice.append(.evenWrites(bursts))
    }
    // Where the processors are idle, compressing more spares the disk; where they are not, it costs both.
    if total > 0, (input.vitals.cpu.value?.value ?? 0) > 0.7 {
      advice.append(.lowerCompression(settings.compressionLevel / 2))
    }
    return advice + [.lookStorage]
  }

  private static func batchAdvice(_ input: Readings) -> [Advice] {
    guard let suggested = input.batching.suggested, suggested != input.batching.current else {
      return []
    }
    return [.suggestedBatch(suggested)]
  }

  /// The most that was written in a second of the last minute, against the mean; `nil` where too little was.
  private static func bursts(_ storage: StorageReading) -> Double? {
    let history = storage.writeHistory
    var (sum, count, most) = (0.0, 0.0, 0.0)
    for place in max(0, history.total - 60)..<max(0, history.total) {
      guard let value = history[place] else { continue }
      sum += value
      count += 1
      most = max(most, value)
    }
    return count >= 20 && sum > 0 ? most / (sum / count) : nil
  }
}
