import TestSupport
import Testing

@testable import perftop

@Suite("What shells complete", .serialized)
struct CompletionsTests {
  @Test("bash knows every command, option and value")
  func bash() { Completions.bash.expect("lists", Completions.bashLists) }

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

  @Test("the words of a command are read from its forms")
  func words() {
    #expect(Completions.words(of: .snapshot) == [])
    #expect(Completions.words(of: .demo) == [])
    #expect(Completions.words(of: .help) == [])
  }
}
