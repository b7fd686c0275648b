/// One way in which alerts leave the machine, and which of them do.
public struct ChannelSettings: Sendable, Equatable {
  /// What it is called: `pager`.
  public var name: String
  /// How it is done.
  public var means: Means
  /// The least severity that it wants.
  public var severity = Severity.warning
  /// Whether it is told of the end of what it was told of.
  public var tellsEnd = true
  /// What it wants to hear about; empty is everything.
  public var categories: [Alert.Category] = []
  /// How many messages there may be in an hour; what is more is put together.
  public var perHour = ChannelSettings.usualPerHour
  /// How many seconds one attempt may take.
  public var timeout = ChannelSettings.usualTimeout

  static let usualPerHour = 12
  static let usualTimeout = 10.0

  /// How a message is sent.
  public enum Means: Sendable, Equatable {
    case mail(Mail)
    case webhook(Webhook)
    /// A program and its arguments.
    case command([String])
  }

  /// Names a channel.
  public init(name: String, means: Means) {
    self.name = name
    self.means = means
  }

  /// How sure it must be that nobody listens.
  public enum TLS: String, Sendable, CaseIterable {
    /// No TLS, no mail.
    case required
    /// TLS where the server offers it; nobody logs in then.
    case opportunistic
    /// None; nobody logs in.
    case none
  }

  /// By SMTP.
  public struct Mail: Sendable, Equatable {
    /// The server, `smtp` or `smtps`.
    public var server: NetworkAddress
    /// Whether it must be encrypted.
    public var tls = TLS.required
    /// The sender's address.
    public var from: String
    /// Those of the recipients.
    public var recipients: [String]
    /// Who logs in; empty where nobody has to.
    public var user = ""
    /// The file with the password.
    public var passwordFile = ""
    /// Certificates that are trusted in place of the system's.
    public var authorityFile = ""

    /// Makes one.
    public init(server: NetworkAddress, from: String, recipients: [String]) {
      self.server = server
      self.from = from
      self.recipients = recipients
    }
  }

  /// By HTTP.
  public struct Webhook: Sendable, Equatable {
    /// The whole address, which is as good as a password with some services; `nil` where it is in a file.
    public var url: Secret?
    /// The file with the address.
    public var urlFile = ""
    /// What is sent along.
    public var headers: [Header] = []
    /// The file with the token that is sent as `Authorization: Bearer`.
    public var tokenFile = ""
    /// Whether nothing but the text is sent, as Slack wants it.
    public var isSlack = false
    /// Certificates that are trusted in place of the system's.
    public var authorityFile = ""

    /// Makes one that goes nowhere yet.
    public init() {}
  }

  /// One header of a request.
  public struct Header: Sendable, Equatable {
    /// `X-Robot`.
    public var name: String
    /// What it says.
    public var value: Secret

    /// Makes one.
    public init(_ name: String, _ value: String) {
      self.name = name
      self.value = Secret(value)
    }
  }

  /// `mail`, `webhook` or `command`.
  public var kind: String {
    switch means {
    case .mail: "mail"
    case .webhook: "webhook"
    case .command: "command"
    }
  }

  /// The files that it needs, by the settings that name them.
  public var secretFiles: [(key: String, path: String)] {
    let all: [(String, String)] =
      switch means {
      case .mail(let mail): [("password_file", mail.passwordFile)]
      case .webhook(let hook): [("url_file", hook.urlFile), ("token_file", hook.tokenFile)]
      case .command: []
      }
    return all.filter { !$0.1.isEmpty }
  }
}

/// How alerts make themselves heard elsewhere than on the screen.
public struct DeliverySettings: Sendable, Equatable {
  /// The ways out.
  public var channels: [ChannelSettings] = []
  /// From which severity on a new alert rings the terminal's bell; `nil` is never.
  public var bell: Severity?
  /// How the terminal is asked to show a new alert on the desktop.
  public var notice = TerminalNotice.off
  /// From which severity on it is asked to.
  public var noticeSeverity = Severity.critical

  /// Nothing leaves the screen.
  public init() {}

  /// The severities that can be waited for, as a file writes them.
  static let severities = [Severity.info, .warning, .critical, .emergency].map(\.rawValue)
}

/// How a terminal is asked to show something on the desktop.
public enum TerminalNotice: String, Sendable, CaseIterable {
  case off, osc9, osc777
}
