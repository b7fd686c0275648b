import Glibc

/// A library that answers like NVIDIA's, built once where there is a C compiler.
enum StubLibrary {
  static let path: String? = {
    let package = "/" + #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
    let directory = "\(package)/.build/stub"
    mkdir("\(package)/.build", 0o755)
    mkdir(directory, 0o755)
    let library = "\(directory)/libnvidia-ml.so.1"
    let fresh = "\(library).\(getpid())"
    let source = "\(package)/Tests/Fixtures/nvml/stub.c"
    for compiler in ["clang", "cc", "gcc"]
    where run([compiler, "-shared", "-fPIC", "-o", fresh, source]) && rename(fresh, library) == 0 {
      return library
    }
    return nil
  }()

  private static func run(_ words: [String]) -> Bool {
    var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
    defer { for argument in arguments { free(argument) } }
    var pid = pid_t()
    guard let name = arguments.first, let name,
      posix_spawnp(&pid, name, nil, nil, &arguments, environ) == 0
    else { return false }
    var status: Int32 = 0
    return waitpid(pid, &status, 0) == pid && status == 0
  }
}
