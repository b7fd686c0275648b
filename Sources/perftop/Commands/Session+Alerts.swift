import Monitors

/// What is asked of alerts without a screen.
extension Session {
  /// What is asked of the list; no setting has a part in it.
  static func alerts(
    _ request: Invocation.Alerts, host: Host, options: Invocation.Options
  ) -> Int32 {
    let command = AlertsCommand(host: host, place: JournalPlace.usual(host.environment))
    return say(command.answer(request), host: host, options: options)
  }

  private static func say(
    _ answer: AlertsCommand.Answer, host: Host, options: Invocation.Options
  ) -> Int32 {
    let asked: GlyphSet? = options.isASCII ? .ascii : nil
    let text = PlainText(glyphs: TerminalKind.prepareLocale(host.environment, asked: asked))
    try? StandardStream.error.write(text.lines(answer.errors))
    let said = say(text.lines(answer.lines))
    return answer.status == 0 ? said : answer.status
  }

  /// How much they ask of people, and how the channels of the settings do.
  func figures(of request: Invocation.Alerts) -> Int32 {
    let command = AlertsCommand(
      host: host, place: JournalPlace.usual(host.environment),
      channels: toldConfig().delivery.channels)
    return Session.say(command.answer(request), host: host, options: options)
  }

  /// Sends a message by a channel, or by each.
  func testChannels(_ name: String?, isJSON: Bool) -> Int32 {
    let tried = AlertsTestCommand(host: host, config: toldConfig())
      .answer(name, isJSON: isJSON)
    var answer = AlertsCommand.Answer(tried.lines)
    answer.errors = tried.errors
    answer.status = tried.status
    return Session.say(answer, host: host, options: options)
  }
}
