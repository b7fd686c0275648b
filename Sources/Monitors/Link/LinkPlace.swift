/// Where a linked program listens, and what has to be tidied up when it ends.
final class LinkPlace: Sendable {
  /// The place that everybody knows.
  static var usual: LinkPlace { LinkPlace(directories: LocalListener.usualDirectories) }

  private let directories: [String]
  private let listener = ForkSafe<Listening?>(nil)
  private static let all = ForkSafe<[LinkPlace]>([])

  /// A socket, and what wakes the thread that listens at it, to end it.
  struct Listening: Sendable {
    let listener: LocalListener
    let ending = Mailbox<Bool>()
  }

  init(directories: [String]) { self.directories = directories }

  /// Listens at the first of its directories where that can be done.
  func listen() throws(SystemError) -> Listening {
    let name = "\(LocalListener.process).sock"
    var failure = SystemError.notFound
    for directory in directories {
      do throws(SystemError) {
        let made = Listening(listener: try LocalListener(in: directory, named: name))
        keep(made)
        LinkPlace.sweep(directory)
        return made
      } catch { failure = error }
    }
    throw failure
  }

  private static let mostSwept = 4096

  /// Removes what processes left that were killed.
  private static func sweep(_ directory: String) {
    let files = LiveFiles()
    for name in ((try? files.list(directory, in: nil)) ?? []).prefix(mostSwept) {
      let socket = name.hasSuffix(".tmp") ? String(name.dropLast(4)) : name
      guard let process = LinkPlaces.process(named: socket), process > 0,
        (try? files.status("/proc/\(process)", in: nil, following: false)) == nil
      else { continue }
      LocalListener.sweep("\(directory)/\(name)")
    }
  }

  private func keep(_ made: Listening) {
    Forks.closeInChildren(made.listener.descriptor)
    Forks.closeInChildren(made.ending.descriptor)
    listener.withLock { $0 = made }
    let isFirst = LinkPlace.all.withLock { places in
      let isFirst = places.isEmpty
      if !places.contains(where: { $0 === self }) { places.append(self) }
      return isFirst
    }
    if isFirst { LocalListener.atExit { LinkPlace.tidyUp() } }
  }

  private static func tidyUp() {
    for place in all.withLock({ $0 }) { place.listener.withLock { $0 }?.listener.remove() }
  }

  /// Removes the socket and ends the thread.
  func stop() {
    let made = listener.withLock { listener in
      let made = listener
      listener = nil
      return made
    }
    guard let made else { return }
    made.listener.remove()
    LinkPlace.all.withLock { $0.removeAll { $0 === self } }
    made.ending.offer(true)
  }
}
