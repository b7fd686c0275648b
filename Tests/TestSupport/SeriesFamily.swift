import Glibc

/// Series of one kind, made by chance: as many as are wanted, and the same ones every time.
public struct SeriesFamily: Sendable {
  /// Makes the values of one: the noise, how many there are, how far a usual value strays, and where the change is.
  typealias Maker = @Sendable (inout SeededNoise, Int, Double, Int) -> [Double]

  /// What it is called.
  public let name: String
  /// Which way its level goes; `nil` where it stays.
  let isUp: Bool?
  let make: Maker

  /// One series of it.
  public func series(_ number: Int, seed: UInt64 = 1) -> LabelledSeries {
    var noise = SeededNoise(seed: seed &* 1_000_003 &+ UInt64(number) &* 7919 &+ salt)
    let count = [200, 400, 600, 1000][noise.below(4)]
    let stray = 0.03 + 0.12 * noise.uniform()
    let place = min(Int((0.3 + 0.45 * noise.uniform()) * Double(count)), count - 80)
    let values = make(&noise, count, stray, place)
    let change = isUp.map { LabelledSeries.Change(place: place, direction: $0 ? .up : .down) }
    return LabelledSeries(
      name: "\(name) \(number)", kind: name, change: change, values: values)
  }

  private var salt: UInt64 { name.utf8.reduce(0) { $0 &* 31 &+ UInt64($1) } }

  private static func family(_ name: String, _ make: @escaping Maker) -> SeriesFamily {
    SeriesFamily(name: name, isUp: nil, make: make)
  }

  private static func family(_ name: String, isUp: Bool, _ make: @escaping Maker) -> SeriesFamily {
    SeriesFamily(name: name, isUp: isUp, make: make)
  }

  /// Whose level stays.
  public static let calm = [
    family("constant") { _, count, _, _ in [Double](repeating: 7, count: count) },
    family("zero") { _, count, _, _ in [Double](repeating: 0, count: count) },
    family("exponential") { noise, count, _, _ in plain(&noise, count) { -$0.logarithm } },
    family("Pareto") { noise, count, _, _ in
      plain(&noise, count) { (-$0.logarithm / 3).exponential }
    },
    family("whole numbers") { noise, count, stray, _ in
      normal(&noise, count, stray).map { max(1, ($0 * 5).rounded()) }
    },
    family("variance") { noise, count, stray, place in
      (0..<count).map { (stray * ($0 < place ? 1 : 3) * noise.normal()).exponential }
    },
    family("two modes") { noise, count, stray, _ in
      normal(&noise, count, stray).map { noise.uniform() < 0.3 ? $0 * 3 : $0 }
    },
    family("modes in runs") { noise, count, stray, _ in
      var isSlow = false
      return normal(&noise, count, stray).map {
        if noise.uniform() < (isSlow ? 0.3 : 0.15) { isSlow.toggle() }
        return isSlow ? $0 * 2 : $0
      }
    },
    family("pauses") { noise, count, stray, _ in
      let period = 5 + noise.below(50)
      return normal(&noise, count, stray).enumerated().map { $0 % period == 3 ? $1 * 8 : $1 }
    },
    family("outliers") { noise, count, stray, _ in
      normal(&noise, count, stray).map { noise.uniform() < 0.03 ? $0 * 15 : $0 }
    },
    family("passing") { noise, count, stray, place in
      normal(&noise, count, stray).enumerated().map {
        (place..<place + 36).contains($0) ? $1 * 2 : $1
      }
    },
    family("at the end") { noise, count, stray, _ in
      normal(&noise, count, stray).enumerated().map { $0 >= count - 36 ? $1 * 2 : $1 }
    },
    family("cold start") { noise, count, stray, _ in
      normal(&noise, count, stray).enumerated().map {
        $0 < 36 ? $1 * (1 + 4 * (-Double($0) / 12).exponential) : $1
      }
    },
    season("seasons", 8),
    season("many seasons", 40),
    family("sawtooth") { noise, count, stray, _ in
      normal(&noise, count, stray).enumerated().map {
        $1 * (1 + 0.4 * (Double($0) * 9 / Double(count)).fraction)
      }
    },
    family("echoes") { noise, count, stray, _ in
      var last = 0.0
      return (0..<count).map { _ in
        last = 0.5 * last + 0.87 * stray * noise.normal()
        return last.exponential
      }
    },
  ]

  /// Whose level changes.
  public static let changing = [
    step("step", isUp: true, 1.3),
    step("fall", isUp: false, 0.75),
    step("great step", isUp: true, 4),
    family("silent step", isUp: true) { _, count, _, place in
      (0..<count).map { $0 < place ? 5 : 5.5 }
    },
    family("step among outliers", isUp: true) { noise, count, stray, place in
      normal(&noise, count, stray).enumerated().map {
        ($0 < place ? $1 : $1 * 1.4) * (noise.uniform() < 0.02 ? 9 : 1)
      }
    },
    family("step in exponential noise", isUp: true) { noise, count, _, place in
      plain(&noise, count) { 4 - $0.logarithm }.enumerated().map { $0 < place ? $1 : $1 * 1.4 }
    },
    family("step with more noise", isUp: true) { noise, count, stray, place in
      (0..<count).map {
        $0 < place
          ? (stray * noise.normal()).exponential : 1.45 * (1.5 * stray * noise.normal()).exponential
      }
    },
    family("step after a cold start", isUp: true) { noise, count, stray, place in
      normal(&noise, count, stray).enumerated().map {
        $0 < 24 ? $1 * 3 : $0 < place ? $1 : $1 * 1.4
      }
    },
    family("step of whole numbers", isUp: true) { noise, count, stray, place in
      normal(&noise, count, stray).enumerated().map { (($0 < place ? 8 : 12) * $1).rounded() }
    },
    family("drift", isUp: true) { noise, count, stray, place in
      let length = 0.2 * Double(count)
      return normal(&noise, count, stray).enumerated().map {
        $1 * (1 + 0.6 * min(1, max(0, Double($0 - place)) / length))
      }
    },
  ]

  private static func step(_ name: String, isUp: Bool, _ factor: Double) -> SeriesFamily {
    family(name, isUp: isUp) { noise, count, stray, place in
      normal(&noise, count, stray).enumerated().map { $0 < place ? $1 : $1 * factor }
    }
  }

  private static func season(_ name: String, _ seasons: Double) -> SeriesFamily {
    family(name) { noise, count, stray, _ in
      let begin = noise.uniform()
      return normal(&noise, count, stray).enumerated().map {
        let phase = (Double($0) * seasons / Double(count) + begin).fraction
        // A parabola up and one down: as smooth as a sine.
        let wave = phase < 0.5 ? 16 * phase * (0.5 - phase) : -16 * (phase - 0.5) * (1 - phase)
        return $1 * (1 + 0.2 * wave)
      }
    }
  }

  private static func normal(_ noise: inout SeededNoise, _ count: Int, _ stray: Double) -> [Double]
  {
    (0..<count).map { _ in 10 * (stray * noise.normal()).exponential }
  }

  private static func plain(
    _ noise: inout SeededNoise, _ count: Int, _ body: (Double) -> Double
  ) -> [Double] {
    (0..<count).map { _ in body(1 - noise.uniform()) }
  }
}

extension Double {
  fileprivate var logarithm: Double { log(self) }
  fileprivate var exponential: Double { exp(self) }
  fileprivate var fraction: Double { self - rounded(.down) }
}
