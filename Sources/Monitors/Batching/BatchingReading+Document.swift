extension BatchingReading {
  /// Writes every fact into the document.
  public func describe(into document: inout Document) {
    document.set("status", .text(severity.rawValue))
  }
}
