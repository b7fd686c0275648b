extension Files {
  /// Reads a file and hands its bytes to a body while they are there.
  func parsed<Result>(
    _ path: String, in directory: DirectoryHandle? = nil, room: Int = 8192,
    _ body: (UnsafeRawBufferPointer) -> Result
  ) throws(SystemError) -> Result {
    let scratch = Scratch(size: room)
    let bytes = try scratch.read(self, path, in: directory)
    // Nobody else holds the memory, so it would be gone after its last mention by name.
    return withExtendedLifetime(scratch) { body(bytes) }
  }
}
