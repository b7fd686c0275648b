import TestSupport
import Testing

@testable import perftop

@Suite("What shells complete", .serialized)
struct CompletionsTests {
  @Test("bash knows every command, option and value")
  func bash() {
    Completions.bash.expect("lists", Completions.bashLists)
    Completions.bash.expect("kinds", Completions.bashKinds)
  }

  @Test("zsh knows every command, option and value")
  func zsh() {
    Completions.zsh.expect("commands", Completions.zshCommands)
    Completions.zsh.expect("options", Completions.zshOptions)
    Completions.zsh.expect("words", Completions.zshWords)
    let valued = Completions.valuedOptions.joined(separator: "|")
    Completions.zsh.expect("valued", ["        \(valued)) kind=value ;;"])
  }

  @Test("fish knows every command, option and value")
  func fish() {
    Completions.fish.expect("lines", Completions.fishLines)
    let valued = Completions.valuedOptions.joined(separator: " ")
    Completions.fish.expect(
      "valued", ["            case \(valued)", "                set is_value yes"])
  }

  @Test(
    "each names every long option that help names",
    arguments: [Completions.bash, Completions.zsh, Completions.fish])
  func isComplete(_ shell: MadeDocument) throws {
    let help = Usage.text(nil) + CommandName.allCases.map { Usage.text($0) }.joined()
    let long = help.matches(of: try Regex<(Substring, Substring)>("--([a-z-]{2,})")).map(\.output.1)
    #expect(long.count > 15)
    let words = Set(shell.text.split { !($0.isLetter || $0 == "-") })
    for option in Set(long) {
      #expect(words.contains("--\(option)") || shell.text.contains(" -l \(option) "), "\(option)")
    }
  }

  private static let shells = [Completions.bash, Completions.zsh, Completions.fish]

  @Test("the commands that are offered are those that help lists")
  func commands() throws {
    let said = Usage.text(nil).matches(
      of: try Regex<(Substring, Substring)>("(?m)^(?:usage:|      ) perftop ([a-z]+)"))
    let listed = Set(said.map { String($0.output.1) })
    #expect(listed.contains("demo") && listed.count > 5)
    #expect(Set(Completions.commands.map(\.rawValue)) == listed)
  }

  @Test("none knows a command that is not there yet", arguments: shells)
  func laterCommands(_ shell: MadeDocument) {
    let present = CommandName.allCases.filter { $0.standing == .present }
    let known = Set(present.map(\.rawValue) + present.flatMap(Completions.words(of:)))
    let words = Set(shell.text.split { !$0.isLetter }.map(String.init))
    for command in CommandName.allCases where command.standing == .later {
      guard !known.contains(command.rawValue) else { continue }
      #expect(!words.contains(command.rawValue), "\(command.rawValue)")
    }
  }

  @Test("each offers files where a command's form asks for one", arguments: shells)
  func files(_ shell: MadeDocument) throws {
    let lines = shell.text.split(separator: "\n").filter {
      $0.contains("_files") || $0.hasSuffix(" -F")
    }
    for command in CommandName.allCases where command.standing == .present {
      guard command.forms.contains(where: { $0.form.contains("FILE") }) else { continue }
      #expect(lines.contains { $0.contains(command.rawValue) }, "\(command.rawValue)")
    }
  }

  @Test("the words of a command are read from its forms")
  func words() {
    #expect(Completions.words(of: .snapshot) == [])
    #expect(Completions.words(of: .demo) == [])
    #expect(Completions.words(of: .help) == [])
  }
}
