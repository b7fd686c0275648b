extension UInt64 {
  /// The sum, or the greatest number where that is more.
  func adding(_ other: UInt64) -> UInt64 {
    let (sum, isTooMuch) = addingReportingOverflow(other)
    return isTooMuch ? .max : sum
  }
}
