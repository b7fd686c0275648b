extension Alert {
  /// Which one it is, on any screen.
  public var key: AlertKey { AlertKey(rule: rule, label: label, subject: subject) }
}
