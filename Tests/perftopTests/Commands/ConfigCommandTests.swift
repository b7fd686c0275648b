import Glibc
import Monitors
import TestSupport
import Testing

@testable import perftop

@Suite("perftop config")
struct ConfigCommandTests {
  private let files = FakeFiles()

  private func answer(
    _ question: Invocation.ConfigQuestion, option: String? = nil
  ) -> ConfigCommand.Answer {
    let host = Host.fake(files: files, variables: ["HOME": "/home/pi"])
    let file = ConfigFile(
      files: files, environment: host.environment, option: option, isRoot: false)
    return ConfigCommand(file: file, machine: host, options: Invocation.Options()).answer(question)
  }

  @Test("path prints the place alone, and says beside it when nothing is there")
  func path() {
    let missing = answer(.path)
    #expect(missing.output == "/home/pi/.config/perftop/config.yaml\n")
    #expect(missing.errors.contains("no config file there yet") && missing.status == 0)
    files.write("/etc/perftop/config.yaml", "")
    #expect(answer(.path) == .init(output: "/etc/perftop/config.yaml\n"))
  }

  @Test("path names the file that is used, and says of one that is passed over why it is")
  func passedOver() {
    let own = "/home/pi/.config/perftop/config.yaml"
    files.write("\(own)/inside", "")
    let none = answer(.path)
    #expect(none.output == "\(own)\n" && none.status == 2)
    #expect(
      none.errors == "\(own): a directory, not a file: not read\n"
        + "perftop: no config file is used: the defaults hold\n")
    files.write("/etc/perftop/config.yaml", "interval: 2\n")
    let other = answer(.path)
    #expect(other.output == "/etc/perftop/config.yaml\n" && other.status == 2)
    #expect(other.errors == "\(own): a directory, not a file: not read\n")
    files.fail(own, with: EACCES)
    #expect(answer(.path).errors == "\(own): Permission denied\n")
    files.fail(own, with: EACCES, times: 0)
    files.remove(own)
    files.write(own, String(repeating: "#", count: ConfigFile.largestSize + 1))
    #expect(answer(.path).errors == "\(own): larger than 4096 KiB: not read\n")
    #expect(answer(.path).output == "/etc/perftop/config.yaml\n")
  }

  @Test("path says of a file that was named what loading it would say")
  func namedPath() {
    files.write("/a.yaml", "")
    #expect(answer(.path, option: "/a.yaml") == .init(output: "/a.yaml\n"))
    let missing = answer(.path, option: "no.yaml")
    #expect(missing == answer(.check("no.yaml"), option: "no.yaml") && missing.status == 2)
    files.write("/folder/a.yaml", "")
    let refused = answer(.path, option: "/folder")
    #expect(refused.output == "/folder\n" && refused.status == 2)
    #expect(refused.errors.hasPrefix("/folder: a directory, not a file: not read\n"))
  }

  @Test("check prints every mistake, those of keys and theme too, in the order of the lines")
  func check() {
    files.write(
      "/a.yaml", "theme: nowhere\nmemory:\n  max_gb: x\nkeys:\n  zom: z\nfoo: 1\n")
    let found = answer(.check("/a.yaml"), option: "/a.yaml")
    #expect(found.status == 2)
    #expect(found.errors.isEmpty)
    let lines = found.output.split(separator: "\n").map { String($0.prefix(11)) }
    #expect(lines == ["/a.yaml:1: ", "/a.yaml:3: ", "/a.yaml:5: ", "/a.yaml:6: "])
  }

  @Test("check says how many settings are right, or that there is no file")
  func fine() {
    #expect(answer(.check(nil)) == .init(output: "no config file: the defaults hold\n"))
    files.write("/a.yaml", "interval: 2\n")
    #expect(
      answer(.check("/a.yaml"), option: "/a.yaml") == .init(output: "/a.yaml: ok, 1 setting\n"))
  }

  @Test("a file that is not there is a mistake of the command line")
  func missing() {
    let found = answer(.check("no.yaml"), option: "no.yaml")
    #expect(found.status == 2 && found.output.isEmpty)
    #expect(found.errors.hasPrefix("perftop: no.yaml: No such file or directory\n"))
  }

  @Test("the examples that defaults has in its comments are right")
  func examples() {
    let lines = answer(.defaults).output.split(separator: "\n").map { line in
      line.hasPrefix("#  ") ? String(line.dropFirst()) : String(line)
    }.map { $0 == "targets: []" ? "targets:" : $0 == "keys: {}" ? "keys:" : $0 }
    #expect(lines.contains("  zoom: [enter, z]"))
    files.write("/a.yaml", lines.joined(separator: "\n"))
    #expect(answer(.check("/a.yaml"), option: "/a.yaml").status == 0)
  }

  @Test("what defaults prints passes the check")
  func defaults() {
    let text = answer(.defaults).output
    files.write("/a.yaml", text)
    let found = answer(.check("/a.yaml"), option: "/a.yaml")
    #expect(found == .init(output: "/a.yaml: ok, \(Settings.all.count) settings\n"))
  }
}
