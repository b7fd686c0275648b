internal import CCurl

/// How a transfer ended, and what that means for the message.
struct Outcome {
  var code: CURLcode
  /// What the server answered; 0 where it did not.
  var status: Int
  /// curl's own words.
  var words: String
  var wait: Int
  var reply: Reply

  private var failure: String {
    words.isEmpty ? String(cString: curl_easy_strerror(code)) : words
  }

  /// Who has said that a request is taken has it, whatever comes behind that.
  var ofPost: Answer {
    switch status {
    case 200..<300: return Answer(.sent, "the server answered \(status)")
    case 300..<400:
      return Answer(
        .later, "the server answered \(status), a redirect, and redirects are not followed")
    case 408, 425, 429: return Answer(.later, "the server answered \(status)", wait: wait)
    case 400..<500: return Answer(.refused, "the server answered \(status)")
    case 500...: return Answer(.later, "the server answered \(status)", wait: wait)
    default: return Answer(.later, failure)
    }
  }

  /// A login that is refused is not repeated word by word: some servers say it back.
  var ofMail: Answer {
    if code == CURLE_OK { return ofTaken }
    if code == CURLE_LOGIN_DENIED {
      return Answer(status >= 500 ? .refused : .later, "the server refused the login (\(status))")
    }
    // One whom nobody knows says nothing about another who is to be tried again.
    if !reply.deferred.isEmpty { return Answer(.later, reply.deferral) }
    let saidNo = status >= 500 && status < 600
    let isOwn =
      code == CURLE_SEND_ERROR || code == CURLE_WEIRD_SERVER_REPLY
      || code == CURLE_REMOTE_ACCESS_DENIED || code == CURLE_UPLOAD_FAILED
    if saidNo, isOwn || !reply.refusal.isEmpty {
      return Answer(.refused, reply.refusal.isEmpty ? "\(failure) (\(status))" : reply.refusal)
    }
    return Answer(.later, status >= 400 ? "\(failure) (\(status))" : failure)
  }

  private var ofTaken: Answer {
    let why = reply.deferred.isEmpty ? reply.refusedRecipient : reply.deferral
    guard !why.isEmpty else { return Answer(.sent, "the server took it") }
    var answer = Answer(.partly, "the server took it, but not for everybody: \(why)")
    answer.places = reply.deferred
    return answer
  }
}
