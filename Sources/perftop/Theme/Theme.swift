/// What roles look like: colours by name of btop's keys, gradients resolved.
struct Theme: Sendable, Equatable {
  var name: String
}
