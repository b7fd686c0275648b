extension NcursesBackend {
  /// Rings and shows notices between two frames, never within one.
  func attend(_ call: AttentionCall) {
    guard !isOut else { return }
    writer.interject(call.bytes(kind))
  }
}
