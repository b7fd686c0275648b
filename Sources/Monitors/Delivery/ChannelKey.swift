extension ChannelSettings {
  /// By which a journal knows it: its name, and a number for whom it reaches. Two people's `mail` to different addresses
  /// are two channels; secrets can't be read from it.
  var key: String {
    let number = RowSum.of(reach)
    return "\(name)#\(String(UInt32(truncatingIfNeeded: number ^ (number >> 32)), radix: 16))"
  }

  /// What tells whom it reaches, and not how.
  private var reach: [String] {
    switch means {
    case .mail(let mail): return ["mail"] + mail.recipients.sorted()
    case .webhook(let hook):
      return ["webhook", hook.url?.revealed ?? "", hook.urlFile, hook.tokenFile]
    case .command(let words): return ["command"] + words
    }
  }
}
