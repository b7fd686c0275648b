import Glibc

/// Small files below one directory, as the kernel would show them.
struct DemoTree {
  let directory: String

  init(_ directory: String) { self.directory = directory }

  /// Writes a file in place, since readers may hold it open; it is never empty in between.
  func write(_ text: String, to place: String) {
    let path = "\(directory)/\(place)"
    var file = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
    if file < 0 {
      makeDirectories(to: place)
      file = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
    }
    guard file >= 0 else { return }
    let bytes = Array(text.utf8)
    if pwrite(file, bytes, bytes.count, 0) >= 0 { ftruncate(file, bytes.count) }
    close(file)
  }

  /// Makes the directory itself.
  func prepare() { mkdir(directory, 0o700) }

  /// Makes a link.
  func link(_ place: String, to target: String) {
    makeDirectories(to: place)
    symlink(target, "\(directory)/\(place)")
  }

  private func makeDirectories(to place: String) {
    var path = directory
    mkdir(path, 0o700)
    for part in place.split(separator: "/").dropLast() {
      path += "/\(part)"
      mkdir(path, 0o700)
    }
  }
}
