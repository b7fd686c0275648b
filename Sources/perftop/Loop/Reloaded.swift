import Monitors

/// What came of reading the settings again.
enum Reloaded {
  /// What is different now.
  struct Change {
    var config: Config
    var keymap: Keymap
    /// `nil` leaves the theme as it is, which may have been chosen by a key.
    var theme: Theme?
    /// `nil` leaves the interval as it is.
    var interval: Double?
    var message: Printable = ""
  }

  case changed(Change)
  /// Nothing, for this reason.
  case kept(Printable)
}
