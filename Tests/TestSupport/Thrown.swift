/// The error of a type that a body throws; `nil` where it throws none, or one of another type.
///
/// `#expect(throws:)` returns the error only from Swift 6.1 on.
public func thrown<Failure: Error>(_ type: Failure.Type, by body: () throws -> Void) -> Failure? {
  do {
    try body()
    return nil
  } catch {
    return error as? Failure
  }
}
