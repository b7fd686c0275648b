import Glibc
import TestSupport
import Testing

@testable import Monitors

@Suite("Files with secrets")
struct SecretFileTests {
  private let folder: TemporaryDirectory

  init() throws { folder = try TemporaryDirectory() }

  private func file(_ text: String, mode: mode_t = 0o600) throws -> SecretFile {
    let file = try OutputFile("\(folder.path)/secret")
    file.replaceContent(with: text)
    file.close()
    chmod("\(folder.path)/secret", mode)
    return SecretFile("\(folder.path)/secret")
  }

  private func refusal(_ file: SecretFile) -> String {
    do throws(SecretFile.Refusal) {
      _ = try file.read()
      return ""
    } catch { return error.sentence.text }
  }

  @Test("one line of a file that is its owner's alone is a secret, which prints as ***")
  func read() throws {
    for (text, secret) in [("C4NARY", "C4NARY"), ("C4NARY\n", "C4NARY"), ("a b\r\n", "a b")] {
      #expect(try file(text).read() == Secret(secret))
    }
    let secret = try file("C4NARY").read()
    var said = "\(secret) \(String(reflecting: secret)) \([secret]) \(["a": secret])"
    dump(secret, to: &said)
    #expect(!said.contains("C4NARY") && said.contains("***"))
    #expect(try file("C4NARY", mode: 0o400).read().revealed == "C4NARY")
  }

  @Test(
    "F5: one that others can get at is refused in words", arguments: [0o644, 0o640, 0o620, 0o606])
  func open(_ mode: Int) throws {
    let said = refusal(try file("C4NARY", mode: mode_t(mode)))
    #expect(said.contains("others can get at it (mode 0\(String(mode, radix: 8))): chmod 600 "))
    #expect(!said.contains("C4NARY"))
  }

  @Test("F5: neither is a link followed, nor a pipe waited for, nor a folder or a flood taken")
  func others() throws {
    _ = try file("C4NARY")
    OutputFile.link("\(folder.path)/link", to: "secret")
    #expect(refusal(SecretFile("\(folder.path)/link")).hasSuffix("a link: name the file itself"))
    mkfifo("\(folder.path)/pipe", 0o600)
    #expect(refusal(SecretFile("\(folder.path)/pipe")).hasSuffix("not a regular file"))
    #expect(refusal(SecretFile(folder.path)).hasSuffix("not a regular file"))
    #expect(refusal(SecretFile("\(folder.path)/none")).hasSuffix("No such file or directory"))
    #expect(refusal(try file("")).hasSuffix("there is nothing in it"))
    #expect(refusal(try file("a\nb\n")).contains("more than one line"))
    #expect(refusal(try file(String(repeating: "x", count: 5000))).contains("larger than 4096"))
  }
}
