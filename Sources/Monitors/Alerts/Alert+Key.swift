extension Alert {
  /// Which one it is, on any screen.
  public var key: AlertKey { AlertKey(rule: rule, label: label, subject: subject) }
}

extension Alert {
  /// Takes over what people have done about the same alert, and leaves what was measured.
  mutating func takeAttention(of other: Alert) {
    state = other.state == .resolved ? state : other.state
    acknowledgedBy = other.acknowledgedBy
    acknowledgedAt = other.acknowledgedAt
    shelvedBy = other.shelvedBy
    shelvedUntil = other.shelvedUntil
    note = other.note
  }
}
