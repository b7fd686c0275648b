import Monitors

@main
enum Perftop {
  static func main() {
    print("perftop")
  }
}
