/// A number for each role, so that a table can be asked instead of a dictionary for each cell.
extension Role {
  /// How many numbers there are.
  static let indexCount = gradientBase + 6 * levels

  private static let levels = 101
  private static let gradientBase = 21

  var index: Int {
    switch self {
    case .text: 0
    case .dim: 1
    case .title: 2
    case .key: 3
    case .selected: 4
    case .graphText: 5
    case .frozen: 6
    case .banner: 7
    case .border(let border): 8 + border.index
    case .severity(let shade): 15 + shade.index
    case .gradient(let gradient, let level):
      Role.gradientBase + gradient.index * Role.levels + Int(min(level, 100))
    }
  }
}

extension Role.Border {
  fileprivate var index: Int {
    switch self {
    case .memory: 0
    case .storage: 1
    case .batching: 2
    case .quality: 3
    case .thermal: 4
    case .alerts: 5
    case .focus: 6
    }
  }
}

extension Role.Shade {
  fileprivate var index: Int {
    switch self {
    case .ok: 0
    case .info: 1
    case .warning: 2
    case .critical: 3
    case .emergency: 4
    case .stale: 5
    }
  }
}

extension Role.Gradient {
  fileprivate var index: Int {
    switch self {
    case .memory: 0
    case .storageRead: 1
    case .storageWrite: 2
    case .cpu: 3
    case .temperature: 4
    case .process: 5
    }
  }
}
