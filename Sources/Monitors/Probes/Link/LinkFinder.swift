/// Finds the socket of a process and connects to it; may wait for the filesystem it lies on.
struct LinkFinder: Sendable {
  let host: Host

  /// A process as it is asked for.
  struct Subject: Sendable {
    var handle: TargetHandle
    /// Its user as seen from here.
    var user: UInt32
    var key: ProcessKey { ProcessKey(pid: handle.pid, startTicks: handle.startTicks) }
  }

  /// Connects to a process that is linked.
  ///
  /// - Throws: Why not, in words for the person at the screen.
  func connect(_ subject: Subject) throws(LinkFailure) -> Int32 {
    guard !host.isFixture else { throw .notLinked("a recorded machine has no links") }
    var reason: Printable?
    let name = LinkPlaces.name(of: ownNumber(of: subject.handle))
    for directory in directories(of: subject) {
      do throws(LinkFailure) {
        if let descriptor = try connect(subject, directory, name) { return descriptor }
      } catch { reason = reason ?? error.sentence }
    }
    throw .notLinked(reason ?? LinkFailure.nothingThere)
  }

  /// `nil` where there is nothing.
  private func connect(_ subject: Subject, _ directory: String, _ name: String)
    throws(LinkFailure) -> Int32?
  {
    guard let place = try? LocalSocket.Place(directory) else { return nil }
    defer { place.close() }
    guard
      (try? host.files.status(place.path(name), in: nil, following: false)) != nil
    else { return nil }
    guard place.owner == subject.user else {
      throw .notLinked("a socket is there, but its directory belongs to user \(place.owner)")
    }
    guard place.isPrivate else {
      throw .notLinked("a socket is there, but others may write or look into its directory")
    }
    let descriptor: Int32
    do { descriptor = try LocalSocket.connect(place.path(name)) } catch {
      throw .notLinked("a socket is there, but refuses: \(error.sentence)")
    }
    do throws(LinkFailure) { try LinkFinder.check(LocalSocket.peer(of: descriptor), subject) } catch
    {
      LocalSocket.close(descriptor)
      throw error
    }
    return descriptor
  }

  /// The kernel says who began to listen, and in numbers as they are seen from here.
  static func check(_ peer: LocalSocket.Peer?, _ subject: Subject) throws(LinkFailure) {
    guard let peer else { throw .notLinked("a socket is there, but not who listens at it") }
    guard peer.user == subject.user || peer.user == 0 else {
      throw .notLinked("a socket is there, but user \(peer.user) listens at it")
    }
    guard peer.process == subject.handle.pid else {
      throw .notLinked("a socket is there, but process \(peer.process) listens at it")
    }
  }

  private func directories(of subject: Subject) -> [String] {
    let runtime = variable("XDG_RUNTIME_DIR", of: subject.handle)
    let user = ownUser(of: subject)
    let root = TargetRoot.prefix(of: subject.handle, host.files)
    return LinkPlaces.directories(of: user, runtime: runtime).map { root + $0 }
  }

  private static let room = 262_144

  /// What a variable was when the process began; `nil` too where it may not be read.
  private func variable(_ name: StaticString, of handle: TargetHandle) -> String? {
    let scratch = Scratch(size: LinkFinder.room)
    guard let bytes = try? scratch.read(host.files, "environ", in: handle.directory) else {
      return nil
    }
    return LinkFinder.variable(name, in: bytes)
  }

  static func variable(_ name: StaticString, in bytes: UnsafeRawBufferPointer) -> String? {
    for entry in bytes.split(separator: 0) {
      var scanner = ByteScanner(UnsafeRawBufferPointer(rebasing: entry))
      guard scanner.take(name), scanner.take("=") else { continue }
      return String(decoding: entry[(entry.startIndex + scanner.position)...], as: UTF8.self)
    }
    return nil
  }

  /// Its number as it sees itself: the last of those it has.
  private func ownNumber(of handle: TargetHandle) -> Int32 {
    let scratch = Scratch(size: 8192)
    guard let bytes = try? scratch.read(host.files, "status", in: handle.directory) else {
      return handle.pid
    }
    return LinkFinder.ownNumber(in: bytes) ?? handle.pid
  }

  static func ownNumber(in status: UnsafeRawBufferPointer) -> Int32? {
    var scanner = ByteScanner(status)
    guard scanner.skip(to: "NSpid:") else { return nil }
    var line = ByteScanner(scanner.line())
    var last: UInt64?
    while let number = line.number() { last = number }
    return last.flatMap { Int32(exactly: $0) }
  }

  /// Its user's number as it sees itself, where its users are numbered otherwise.
  private func ownUser(of subject: Subject) -> UInt32 {
    let scratch = Scratch(size: 4096)
    guard let bytes = try? scratch.read(host.files, "uid_map", in: subject.handle.directory) else {
      return subject.user
    }
    return LinkFinder.ownUser(subject.user, in: bytes) ?? subject.user
  }

  static func ownUser(_ user: UInt32, in map: UnsafeRawBufferPointer) -> UInt32? {
    var scanner = ByteScanner(map)
    while !scanner.isAtEnd {
      var line = ByteScanner(scanner.line())
      guard let inside = line.number(), let outside = line.number(), let count = line.number()
      else { continue }
      let user = UInt64(user)
      guard user >= outside, user - outside < count else { continue }
      return UInt32(exactly: inside &+ (user - outside))
    }
    return nil
  }
}

extension LinkFinder {
  /// Looks for the first, and for those of the others that have a socket beside the first one's.
  func search(_ subjects: [Subject]) -> [LinkRow.Found] {
    guard let first = subjects.first else { return [] }
    let places = directories(of: first).compactMap { try? LocalSocket.Place($0) }
    defer { places.forEach { $0.close() } }
    let isNumberedApart = ownNumber(of: first.handle) != first.handle.pid
    var found: [LinkRow.Found] = []
    for subject in subjects {
      let number = isNumberedApart ? ownNumber(of: subject.handle) : subject.handle.pid
      let name = LinkPlaces.name(of: number)
      let isThere = places.contains {
        (try? host.files.status($0.path(name), in: nil, following: false)) != nil
      }
      guard isThere || subject.key == first.key else { continue }
      guard found.count < LinkRows.mostSockets else { break }
      do throws(LinkFailure) {
        found.append((subject.key, .success(LocalStream(try connect(subject)))))
      } catch { found.append((subject.key, .failure(error))) }
    }
    return found
  }
}
