import Monitors

/// Thermal: how warm it is, and what slows the machine down, in words.
struct ThermalPane: Pane {
  static let word = Word.thermal
  let reading: ThermalReading
  let context: PaneContext

  var severity: Severity { reading.severity }
  var remark: Printable? { reading.isSimulated ? "simulated" : nil }

  var brief: [Printable] {
    let degrees = reading.hottest.value?.celsius.value?.text
    let warmth = degrees ?? reading.hottest.absence?.sentence ?? reading.headline
    return [warmth] + (reading.isSimulated ? ["simulated"] : [])
      + (reading.throttledNow == true ? ["throttled"] : [])
  }

  var content: PaneContent {
    PaneContent(
      headline: .headline(reading.headline, severity), figures: figures, lines: lines,
      table: context.isZoomed || reading.sensors.count < 2
        ? nil : ThermalPane.table(reading.sensors.prefix(6)),
      graphs: [graph], sections: context.isZoomed ? sections : [])
  }

  private var figures: [Figure] {
    let slow: Role = .severity(.warning)
    return [
      Figure(reading.isSimulated ? "simulated" : "hottest", hottest),
      Figure("throttled", word(reading.throttledNow, reading.throttledNow == true ? slow : .text)),
      Figure("since boot", word(reading.throttledSinceBoot)),
      Figure("watched", watched),
    ] + (frequency.map { [$0] } ?? []) + (cooler.map { [$0] } ?? []) + (power.map { [$0] } ?? [])
  }

  private var hottest: Label {
    let celsius = reading.hottest.value?.celsius ?? .missing(reading.hottest.absence ?? .notYet)
    return Figure("", celsius, \.text).value
  }

  private func word(_ flag: Bool?, _ role: Role = .text) -> Label {
    flag.map { Label($0 ? "yes" : "no", role) } ?? Label("unknown", .dim)
  }

  private var watched: Label {
    guard reading.throttledWhileWatched, reading.throttledSeconds >= 1 else {
      return word(reading.watchedThrottling)
    }
    return Label(.age(seconds: max(5, reading.throttledSeconds)))
  }

  private var frequency: Figure? {
    guard let fastest = reading.frequencies.first else { return nil }
    return Figure("runs at", fastest.current, ThermalPane.hertz)
  }

  private var cooler: Figure? {
    reading.cooling.first { $0.isFan }.map { Figure("fan", "\($0.state) of \($0.maximum)") }
  }

  private var power: Figure? {
    reading.power.first.map { Figure($0.name, $0.watts, ThermalPane.watts) }
  }

  private var lines: [Label] {
    let causes = reading.causes.filter { !reading.headline.holds($0) }
    let advice = reading.advice.isEmpty ? [] : [Label(reading.advice)]
    return causes.map { Label($0, .severity(.warning)) } + advice
  }

  private var graph: Graph {
    Graph(
      series: reading.history, unit: .celsius, gradient: .temperature,
      scale: .fitted(atLeast: 20), full: 100)
  }

  private static func hertz(_ kilohertz: UInt64) -> Printable {
    Printable(Units.scaled(Double(kilohertz) * 1000, unit: "Hz"))
  }
  private static func megahertz(_ megahertz: Double) -> Printable {
    Printable(Units.scaled(megahertz * 1e6, unit: "Hz"))
  }
  private static func watts(_ watts: Double) -> Printable {
    Printable(Units.fixed(watts, digits: watts < 10 ? 2 : 1) + " W")
  }

  private static func table(_ sensors: some Collection<SensorSample>) -> Table {
    Table(
      columns: [
        .init("sensor", 12, flexible: true), .init("source", 20, rank: 3),
        .init("slows at", 8, rank: 2, right: true), .init("stops at", 8, rank: 1, right: true),
        .init("now", 13, right: true),
      ],
      rows: sensors.map { sensor in
        Table.Row([
          Label(sensor.name), Label(sensor.source, .dim),
          Label(
            sensor.passiveLimit.map { Printable(Units.fixed($0.degrees, digits: 0) + " °C") } ?? "",
            .dim),
          Label(
            sensor.criticalLimit.map { Printable(Units.fixed($0.degrees, digits: 0) + " °C") }
              ?? "", .dim),
          Figure("", sensor.celsius, \.text).value,
        ])
      })
  }
}

extension ThermalPane {
  private var sections: [PaneContent.Section] {
    var sections: [PaneContent.Section] = []
    if !reading.sensors.isEmpty {
      sections.append(.init(title: "Sensors", table: ThermalPane.table(reading.sensors)))
    }
    if !reading.causes.isEmpty {
      sections.append(.init("Slowed down by", lines: reading.causes.map { Label($0) }))
    }
    if !reading.frequencies.isEmpty {
      sections.append(.init(title: "Frequencies", table: frequencies))
    }
    if !reading.cooling.isEmpty { sections.append(.init(title: "Cooling", table: cooling)) }
    if !reading.power.isEmpty { sections.append(.init(title: "Power", table: rails)) }
    if let gpus = reading.gpus.value, !gpus.isEmpty {
      sections.append(.init(title: "Graphics processors", table: table(gpus)))
    }
    return sections
      + [.init(missing: missing), .init(marks: context.marks, now: context.now)].compactMap { $0 }
  }

  private var missing: [(name: Printable, absence: Absence?)] {
    [("temperature", reading.hottest.absence), ("graphics", reading.gpus.absence)]
      + reading.sensors.map { (name: $0.name, absence: $0.celsius.absence) }
  }

  private var frequencies: Table {
    Table(
      columns: [
        .init("processors", 12, flexible: true), .init("now", 8, right: true),
        .init("allowed", 8, right: true), .init("made for", 8, rank: 1, right: true),
      ],
      rows: reading.frequencies.map { frequency in
        let values = [frequency.current, frequency.allowed, frequency.hardware]
        return Table.Row(
          [Label(frequency.name)] + values.map { Figure("", $0, ThermalPane.hertz).value })
      })
  }

  private var cooling: Table {
    Table(
      columns: [
        .init("device", 12, flexible: true), .init("cools by", 16, rank: 1),
        .init("turns", 9, rank: 2, right: true), .init("step", 10, right: true),
      ],
      rows: reading.cooling.map { device in
        Table.Row([
          Label(device.name), Label(device.isFan ? "moving air" : "slowing down", .dim),
          Label(device.rpm.map { "\($0) rpm" } ?? "", .dim),
          Label("\(device.state) of \(device.maximum)"),
        ])
      })
  }

  private var rails: Table {
    Table(
      columns: [
        .init("rail", 12, flexible: true), .init("state", 12, rank: 1),
        .init("charge", 6, rank: 1, right: true), .init("power", 8, right: true),
      ],
      rows: reading.power.map { rail in
        Table.Row([
          Label(rail.name), Label(rail.status, .dim), Label(rail.charge?.text ?? ""),
          Figure("", rail.watts, ThermalPane.watts).value,
        ])
      })
  }

  private func table(_ gpus: [GPUSample]) -> Table {
    Table(
      columns: [
        .init("processor", 12, flexible: true), .init("source", 8, rank: 6),
        .init("busy", 11, right: true), .init("memory", 11, rank: 2, right: true),
        .init("of", 11, rank: 4, right: true), .init("clock", 11, rank: 5, right: true),
        .init("warm", 11, right: true), .init("power", 11, rank: 1, right: true),
        .init("slowed by", 16, rank: 3),
      ],
      rows: gpus.map { gpu in
        Table.Row([
          Label(gpu.name), Label(gpu.source, .dim), Figure("", gpu.utilization, \.text).value,
          Figure("", gpu.memoryUsed, \.text).value, Figure("", gpu.memoryTotal, \.text).value,
          Figure("", gpu.megahertz, ThermalPane.megahertz).value,
          Figure("", gpu.temperature, \.text).value, Figure("", gpu.watts, ThermalPane.watts).value,
          Label(Printable(gpu.throttleReasons.map(\.text).joined(separator: ", "))),
        ])
      })
  }
}
