/// A kernel file of text that is read every tick and kept open for that.
struct KernelText: Sendable {
  private let path: String
  private var kept: KeptFile?

  /// Names a file without opening it.
  init(_ path: String) { self.path = path }

  /// The bytes, valid until the scratch memory is used again; opens the file where that has not been done.
  mutating func read(_ host: Host, _ scratch: Scratch) -> Result<
    UnsafeRawBufferPointer, SystemError
  > {
    do throws(SystemError) {
      if let kept { return .success(try scratch.read(host.files, kept: kept)) }
      let opened = try host.files.keep(path, in: nil)
      kept = opened
      return .success(try scratch.read(host.files, kept: opened))
    } catch {
      kept = nil
      return .failure(error)
    }
  }
}
