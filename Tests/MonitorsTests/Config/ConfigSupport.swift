import TestSupport

@testable import Monitors

/// What a text means as a config file of a machine.
func loaded(_ text: String, on machine: Host = .fake(files: FakeFiles())) -> LoadedConfig {
  LoadedConfig(Array(text.utf8), file: "config.yaml", machine: machine)
}

/// What is said of a text, a line each.
func complaints(_ text: String) -> [String] { loaded(text).problems.map(\.text.text) }

extension Setting {
  /// A file that makes this setting and no other; the name stands on the last line that begins one.
  func file(_ value: String) -> String {
    section.map { "\($0):\n  \(key): \(value)\n" } ?? "\(key): \(value)\n"
  }

  /// The line of its name in such a file.
  var line: Int { section == nil ? 1 : 2 }
}
