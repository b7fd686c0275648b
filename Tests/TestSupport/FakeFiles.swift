import Glibc
public import Monitors
import Synchronization

/// A pretended file system: paths to contents, links, errors and room.
///
///     let files = FakeFiles(["/proc/42/comm": "robot\n"])
///     files.fail("/proc/42/io", with: EACCES)
public final class FakeFiles: Files {
  private struct State {
    var contents: [String: [UInt8]] = [:]
    var links: [String: [UInt8]] = [:]
    var failures: [String: Int32] = [:]
    var failuresLeft: [String: Int] = [:]
    var vanishing: Set<String> = []
    var statuses: [String: FileStatus] = [:]
    var spaces: [String: SpaceSample] = [:]
    var reads: [String: Int] = [:]
  }

  private let state = Mutex(State())

  /// Starts with files of text.
  public init(_ contents: [String: String] = [:]) {
    for (path, text) in contents { write(path, text) }
  }

  /// Puts or replaces a file.
  public func write(_ path: String, _ text: String) { write(path, bytes: Array(text.utf8)) }

  /// Puts or replaces a file that need not be text.
  public func write(_ path: String, bytes: [UInt8]) {
    state.withLock { $0.contents[path] = bytes }
  }

  /// Puts or replaces a symbolic link.
  public func link(_ path: String, to target: String) {
    state.withLock { $0.links[path] = Array(target.utf8) }
  }

  /// Puts or replaces a symbolic link to a name that need not be UTF-8.
  public func link(_ path: String, bytes: [UInt8]) {
    state.withLock { $0.links[path] = bytes }
  }

  /// Says what is known of a file that has more than contents.
  public func setStatus(_ path: String, _ status: FileStatus) {
    state.withLock { $0.statuses[path] = status }
  }

  /// Says how much room there is.
  public func setSpace(_ path: String, _ space: SpaceSample) {
    state.withLock { $0.spaces[path] = space }
  }

  /// Makes every use of a path fail, or only the next few.
  public func fail(_ path: String, with code: Int32, times: Int = .max) {
    state.withLock {
      $0.failures[path] = code
      $0.failuresLeft[path] = times
    }
  }

  /// Makes a path answer once and be gone after that.
  public func vanishAfterFirstRead(_ path: String) {
    state.withLock { _ = $0.vanishing.insert(path) }
  }

  /// Removes a path and all below it.
  public func remove(_ path: String) {
    state.withLock { state in
      let isGone = { (name: String) in name == path || name.hasPrefix(path + "/") }
      state.contents = state.contents.filter { !isGone($0.key) }
      state.links = state.links.filter { !isGone($0.key) }
      state.statuses = state.statuses.filter { !isGone($0.key) }
    }
  }

  /// How often a file was read.
  public func reads(of path: String) -> Int { state.withLock { $0.reads[path] ?? 0 } }

  private func full(_ path: String, _ directory: DirectoryHandle?) -> String {
    guard let directory, !path.hasPrefix("/") else { return path }
    return path == "." ? directory.path : "\(directory.path)/\(path)"
  }

  private static func check(_ path: String, _ state: inout State) throws(SystemError) {
    guard let code = state.failures[path], let left = state.failuresLeft[path], left > 0 else {
      return
    }
    state.failuresLeft[path] = left - 1
    throw SystemError(code)
  }

  private func bytes(_ path: String) throws(SystemError) -> [UInt8] {
    let result = state.withLock { state -> Result<[UInt8], SystemError> in
      do throws(SystemError) { try FakeFiles.check(path, &state) } catch { return .failure(error) }
      guard let found = state.contents[path] else { return .failure(.notFound) }
      state.reads[path, default: 0] += 1
      if state.vanishing.remove(path) != nil { state.contents[path] = nil }
      return .success(found)
    }
    return try result.get()
  }

  /// Reads a file from its start.
  public func read(
    _ path: String, in directory: DirectoryHandle?, into buffer: UnsafeMutableRawBufferPointer
  ) throws(SystemError) -> Int {
    let found = try bytes(full(path, directory)).prefix(buffer.count)
    buffer.copyBytes(from: found)
    return found.count
  }

  /// Opens a file that is read again and again.
  public func keep(_ path: String, in directory: DirectoryHandle?) throws(SystemError) -> KeptFile {
    _ = try bytes(full(path, directory))
    return KeptFile(descriptor: -1, path: full(path, directory)) { _ in }
  }

  /// Reads a kept file from an offset.
  public func read(_ file: KeptFile, at offset: Int64, into buffer: UnsafeMutableRawBufferPointer)
    throws(SystemError) -> Int
  {
    let found = try bytes(file.path).dropFirst(Int(offset)).prefix(buffer.count)
    buffer.copyBytes(from: found)
    return found.count
  }

  /// The names in a directory.
  public func list(_ path: String, in directory: DirectoryHandle?) throws(SystemError) -> [String] {
    let prefix = full(path, directory) + "/"
    let names = state.withLock { state -> Result<Set<String>, SystemError> in
      do throws(SystemError) { try FakeFiles.check(String(prefix.dropLast()), &state) } catch {
        return .failure(error)
      }
      let known = Array(state.contents.keys) + Array(state.links.keys)
      return .success(
        Set(
          known.filter { $0.hasPrefix(prefix) }.map {
            String($0.dropFirst(prefix.count).prefix { $0 != "/" })
          }))
    }
    let found = try names.get()
    guard !found.isEmpty else { throw .notFound }
    return found.sorted()
  }

  /// Where a symbolic link points.
  public func readLink(_ path: String, in directory: DirectoryHandle?) throws(SystemError)
    -> [UInt8]
  {
    let place = full(path, directory)
    let result = state.withLock { state -> Result<[UInt8], SystemError> in
      do throws(SystemError) { try FakeFiles.check(place, &state) } catch { return .failure(error) }
      return state.links[place].map(Result.success) ?? .failure(.notFound)
    }
    return try result.get()
  }

  /// What the kernel holds about a file.
  public func status(_ path: String, in directory: DirectoryHandle?, following: Bool)
    throws(SystemError) -> FileStatus
  {
    let place = full(path, directory)
    let result = state.withLock { state -> Result<FileStatus, SystemError> in
      do throws(SystemError) { try FakeFiles.check(place, &state) } catch { return .failure(error) }
      if let status = state.statuses[place] { return .success(status) }
      if following, let target = state.links[place] {
        let path = String(decoding: target, as: UTF8.self)
        if let status = state.statuses[path] { return .success(status) }
        if let bytes = state.contents[path] {
          return .success(FileStatus(kind: .regular, size: Int64(bytes.count)))
        }
      }
      if let bytes = state.contents[place] {
        return .success(FileStatus(kind: .regular, size: Int64(bytes.count)))
      }
      if !following, state.links[place] != nil { return .success(FileStatus(kind: .link, size: 0)) }
      let isDirectory = (Array(state.contents.keys) + Array(state.links.keys)).contains {
        $0.hasPrefix(place + "/")
      }
      return isDirectory ? .success(FileStatus(kind: .directory, size: 0)) : .failure(.notFound)
    }
    return try result.get()
  }

  /// Room on a filesystem.
  public func statistics(_ path: String) throws(SystemError) -> SpaceSample {
    guard let space = state.withLock({ $0.spaces[path] }) else { throw .notFound }
    return space
  }

  /// Holds a directory open.
  public func openDirectory(_ path: String, in directory: DirectoryHandle?) throws(SystemError)
    -> DirectoryHandle
  {
    _ = try list(path, in: directory)
    return DirectoryHandle(descriptor: -1, path: full(path, directory)) { _ in }
  }
}
