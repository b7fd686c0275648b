/// Something in a config file that is not obeyed, and why.
public struct ConfigProblem: Sendable, Equatable {
  /// The file, as it was named or found.
  public var file: String
  /// Counted from 1; `nil` where it is about the file as a whole.
  public var line: Int?
  /// Counted from 1; only where the file is no YAML.
  public var column: Int?
  /// The setting: `memory.warning_threshold`; empty where it is about none.
  public var setting: String
  /// What is wrong with it.
  public var sentence: Printable

  /// Makes one.
  public init(
    _ file: String, line: Int? = nil, column: Int? = nil, setting: String = "",
    _ sentence: Printable
  ) {
    self.file = file
    self.line = line
    self.column = column
    self.setting = setting
    self.sentence = sentence
  }

  /// `/etc/perftop/config.yaml:12: memory.max_gb: -1 is out of range (0.001 to 1000000)`.
  public var text: Printable { text(file: file) }

  /// The same with the file's name alone, where room is short.
  public var short: Printable {
    text(file: file.split(separator: "/").last.map(String.init) ?? file)
  }

  private func text(file: String) -> Printable {
    var place = file
    if let line { place += ":\(line)" }
    if let column { place += ":\(column)" }
    let what = setting.isEmpty ? "" : "\(setting): "
    return "\(Printable(place)): \(Printable(what))\(sentence)"
  }
}
