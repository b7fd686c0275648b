import Monitors

/// Small files below one directory, as the kernel would show them.
struct DemoTree {
  let directory: String

  init(_ directory: String) { self.directory = directory }

  /// Makes the directory itself.
  func prepare() { OutputFile.makeDirectory(directory) }

  /// Writes a file in place, since readers may hold it open.
  func write(_ text: String, to place: String) {
    guard let file = opened(place) else { return }
    file.replaceContent(with: text)
    file.close()
  }

  /// Makes a link.
  func link(_ place: String, to target: String) {
    makeDirectories(to: place)
    OutputFile.link("\(directory)/\(place)", to: target)
  }

  private func opened(_ place: String) -> OutputFile? {
    let path = "\(directory)/\(place)"
    if let file = try? OutputFile(path, keepsContent: true) { return file }
    makeDirectories(to: place)
    return try? OutputFile(path, keepsContent: true)
  }

  private func makeDirectories(to place: String) {
    var path = directory
    OutputFile.makeDirectory(path)
    for part in place.split(separator: "/").dropLast() {
      path += "/\(part)"
      OutputFile.makeDirectory(path)
    }
  }
}
