import TestSupport
import Testing

@Suite("Installing and taking away")
struct InstallTests {
  private let folder = TemporaryFolder()

  /// Runs the script that `make install` and `make uninstall` run, on the program that was built with these tests.
  private func install(_ argument: String, _ environment: [String: String] = [:]) -> ProgramRun {
    let surroundings = ["DESTDIR": folder.path, "PREFIX": "/opt/it"].merging(environment) { $1 }
    return ProgramRun(["\(Checkout.root)/scripts/install", argument], environment: surroundings)
  }

  private func files(_ place: String = "", kind: String = "f") -> Set<String> {
    let run = ProgramRun(["find", folder.path + place, "-type", kind, "-printf", "%P\n"])
    return Set(run.output.split(separator: "\n").map(String.init))
  }

  @Test("what is installed can be run, read and completed, and all of it is taken away again")
  func thereAndBack() {
    _ = ProgramRun(["mkdir", "-p", "\(folder.path)/opt/it/share/perftop/themes"])
    folder.write("opt/it/share/perftop/themes/own.theme", "theme[main_bg]=\"\"\n")
    let before = files()
    #expect(install(BuiltProgram.path).code == 0)
    let added = files("/opt/it").subtracting(["share/perftop/themes/own.theme"])
    let expected: Set<String> = [
      "bin/perftop", "lib/perftop/perftop-deliver", "share/man/man1/perftop.1",
      "share/zsh/site-functions/_perftop",
      "share/bash-completion/completions/perftop", "share/fish/vendor_completions.d/perftop.fish",
      "share/perftop/themes/perftop-dark.theme",
    ]
    #expect(expected.subtracting(added) == [])
    #expect(added.allSatisfy { expected.contains($0) || $0.hasSuffix(".theme") })
    let run = ProgramRun(["\(folder.path)/opt/it/bin/perftop", "--version"])
    #expect(run.output.hasPrefix("perftop "))
    #expect(ProgramRun(["test", "-x", "\(folder.path)/opt/it/share/man/man1/perftop.1"]).code == 1)
    let removal = install("--remove")
    #expect(removal.code == 0)
    #expect(removal.output.contains("/var/lib/perftop and ~/.local/state/perftop stays"))
    #expect(files() == before)
    #expect(install("--remove").code == 0)
  }

  @Test("of its own directories none is left, and those of others stay")
  func directories() {
    _ = ProgramRun(["mkdir", "-p", "\(folder.path)/opt/it/bin"])
    #expect(install(BuiltProgram.path).code == 0)
    #expect(install("--remove").code == 0)
    let left = files("/opt/it", kind: "d")
    #expect(left.contains("bin"))
    #expect(!left.contains("share/perftop") && !left.contains("lib/perftop"))
  }

  @Test("put together for a package it changes nothing on this machine")
  func staged() {
    let group = ProgramRun(["getent", "group", "perftop"]).output
    let run = install(BuiltProgram.path)
    #expect(run.code == 0)
    #expect(!run.output.contains("usermod"))
    #expect(files(kind: "d").contains("var/lib/perftop"))
    #expect(ProgramRun(["getent", "group", "perftop"]).output == group)
  }

  @Test("without a program that was built it says so")
  func notBuilt() {
    let run = install("/nonexistent/perftop")
    #expect(run.code == 1)
    #expect(run.complainsProperly)
    #expect(files() == [])
  }

  @Test(
    "as root it makes the place that operators share, and says how to let one in",
    .needs(FaultKit.mounts), .needs(Self.groups))
  func shared() {
    // /etc and /var/lib of its own: the machine's stay as they are.
    let script = """
      cp -a /etc \(folder.path)/etc && mount --bind \(folder.path)/etc /etc &&
      mount -t tmpfs none /var/lib && "$1" "$2" && "$1" "$2" && stat -c '%U %G %a' /var/lib/perftop
      """
    let run = ProgramRun(
      FaultKit.apart + ["sh", "-c", script, "sh"]
        + ["\(Checkout.root)/scripts/install", BuiltProgram.path],
      environment: ["DESTDIR": "", "PREFIX": "\(folder.path)/it", "SUDO_USER": "alice"], within: 20)
    #expect(run.code == 0, "\(run.errors)")
    #expect(run.output.hasSuffix("root perftop 2775\n"))
    #expect(run.output.contains("usermod -aG perftop alice\n"))
  }

  @Test(
    "a package has the program's version, what it needs, and makes the place that operators share",
    .needs(.program("dpkg-shlibdeps")))
  func package() throws {
    // Any program will do that is linked to libraries.
    let run = ProgramRun(
      ["\(Checkout.root)/scripts/deb", "/bin/true", folder.path],
      environment: ["DEBFULLNAME": "A. Packager", "DEBEMAIL": "a@example.org"], within: 20)
    #expect(run.code == 0, "\(run.errors)")
    let version = ProgramRun(["perftop", "--version"]).output.split(whereSeparator: \.isWhitespace)[
      1]
    let architecture = ProgramRun(["dpkg", "--print-architecture"]).output.dropLast()
    let package = "\(folder.path)/perftop_\(version)-1_\(architecture).deb"
    let facts = ProgramRun(["dpkg-deb", "-f", package]).output
    #expect(facts.contains("\nVersion: \(version)-1\n"))
    #expect(facts.contains("\nMaintainer: A. Packager <a@example.org>\n"))
    #expect(facts.contains(try Regex("\nDepends: libc6 .*, passwd\n")))
    let listed = ProgramRun(["dpkg-deb", "-c", package]).output
    for place in ["usr/bin/perftop", "man1/perftop.1.gz", "doc/perftop/copyright", "_perftop"] {
      #expect(listed.contains("\(place)\n"), "\(place)")
    }
    let script = ProgramRun(["dpkg-deb", "-I", package, "postinst"]).output
    #expect(script.contains("chmod 2775 /var/lib/perftop"))
  }

  private static let groups = Ability.program("groupadd")
}
