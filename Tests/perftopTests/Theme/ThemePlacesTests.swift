import Monitors
import TestSupport
import Testing

@testable import perftop

@Suite("Where themes may lie")
struct ThemePlacesTests {
  private func places(
    _ variables: [String: String] = ["HOME": "/home/u"], files: FakeFiles = FakeFiles(),
    directory: String? = nil, executable: String? = "/opt/x/bin/perftop", user: UInt32 = 1000
  ) -> [String] {
    ThemePlaces(
      host: .fake(files: files, variables: variables), themesDirectory: directory,
      executable: executable, user: user
    ).directories
  }

  @Test("directories are asked from the most personal to the most general")
  func order() {
    #expect(
      places(directory: "/mine") == [
        "/mine", "/home/u/.config/perftop/themes", "/home/u/.config/btop/themes",
        "/opt/x/share/perftop/themes", "/opt/x/share/btop/themes",
        "/usr/local/share/perftop/themes", "/usr/local/share/btop/themes",
        "/usr/share/perftop/themes", "/usr/share/btop/themes",
      ])
    let own = places(["XDG_CONFIG_HOME": "/conf", "HOME": "/home/u"])
    #expect(own.first == "/conf/perftop/themes" && !own.contains { $0.hasPrefix("/home") })
  }

  @Test("F1: the current directory is never one of them")
  func relative() {
    for variables in [["XDG_CONFIG_HOME": "conf"], ["HOME": "."], ["HOME": ""], [:]] {
      let found = places(variables, executable: nil)
      #expect(found.allSatisfy { $0.hasPrefix("/") })
      #expect(found.count == 4)
    }
    #expect(places(executable: "perftop").allSatisfy { $0.hasPrefix("/") })
  }

  @Test("a program in a checkout finds the checkout's themes")
  func checkout() {
    let found = places(executable: "/src/p/.build/x86_64/debug/perftop")
    #expect(found.contains("/src/p/themes"))
  }

  @Test("F2: root reads nothing from a home that is not root's own")
  func root() {
    let files = FakeFiles()
    func own(_ path: String, _ owner: UInt32) {
      files.setStatus(path, FileStatus(kind: .directory, size: 0, owner: owner))
    }
    for home in ["/home/u/.config", "/root/.config"] {
      let owner: UInt32 = home.hasPrefix("/root") ? 0 : 1000
      for place in ["", "/perftop/themes", "/btop/themes"] { own(home + place, owner) }
    }
    #expect(!places(["HOME": "/home/u"], files: files, user: 0).contains { $0.hasPrefix("/home") })
    #expect(places(["HOME": "/home/u"], files: files).contains { $0.hasPrefix("/home") })
    let trusted = places(["HOME": "/root"], files: files, user: 0)
    #expect(trusted.first == "/root/.config/perftop/themes")
    own("/root/.config/perftop/themes", 1000)
    #expect(
      places(["HOME": "/root"], files: files, user: 0).first == "/root/.config/btop/themes")
    // What does not lie in a home is not asked for its owner.
    #expect(places(files: files, directory: "/mine", user: 0).first == "/mine")
  }
}
