/// What a command line means.
enum Arguments {
  /// Understands the words after the program's own name; every mistake is a sentence.
  static func parse(_ arguments: [String]) throws(UsageError) -> Invocation {
    if let hidden = hidden(arguments) { return hidden }
    var words = ArgumentWords(arguments)
    words.scan()
    return try InvocationBuilder(words).invocation()
  }

  /// What perftop says to itself; nothing in it is an option.
  private static func hidden(_ arguments: [String]) -> Invocation? {
    guard let first = arguments.first, let name = CommandName(rawValue: first),
      name.standing == .hidden
    else { return nil }
    let rest = Array(arguments.dropFirst())
    return Invocation(task: name == .keep ? .keep(rest) : .robot(rest))
  }
}
