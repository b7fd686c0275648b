#pragma once
#include <curl/curl.h>

// curl_easy_setopt takes anything: one function for each kind of value that is set. The handle stays untyped, as some
// versions of curl show what it is and others do not.
static inline int ccurl_number(void *_Nonnull handle, CURLoption option, long value) {
  return (int)curl_easy_setopt((CURL *)handle, option, value);
}
static inline int ccurl_text(void *_Nonnull handle, CURLoption option, const char *_Nonnull value) {
  return (int)curl_easy_setopt((CURL *)handle, option, value);
}
static inline int ccurl_pointer(void *_Nonnull handle, CURLoption option, void *_Nullable value) {
  return (int)curl_easy_setopt((CURL *)handle, option, value);
}
static inline int ccurl_copied_blob(
  void *_Nonnull handle, CURLoption option, const void *_Nonnull data, size_t length) {
  struct curl_blob blob = {(void *)data, length, CURL_BLOB_COPY};
  return (int)curl_easy_setopt((CURL *)handle, option, &blob);
}
typedef size_t (*ccurl_receiver)(char *_Nullable, size_t, size_t, void *_Nullable);
static inline int ccurl_receive(
  void *_Nonnull handle, CURLoption function, ccurl_receiver _Nonnull receiver, CURLoption data,
  void *_Nonnull context) {
  int failure = (int)curl_easy_setopt((CURL *)handle, function, receiver);
  return failure != 0 ? failure : (int)curl_easy_setopt((CURL *)handle, data, context);
}
typedef int (*ccurl_listener)(
  CURL *_Nullable, curl_infotype, char *_Nullable, size_t, void *_Nullable);
// All that is said by both sides goes to the listener, and nothing of it to standard error.
static inline int ccurl_listen(
  void *_Nonnull handle, ccurl_listener _Nonnull listener, void *_Nonnull context) {
  int failure = (int)curl_easy_setopt((CURL *)handle, CURLOPT_DEBUGFUNCTION, listener);
  if (failure == 0) failure = (int)curl_easy_setopt((CURL *)handle, CURLOPT_DEBUGDATA, context);
  return failure != 0 ? failure : (int)curl_easy_setopt((CURL *)handle, CURLOPT_VERBOSE, 1L);
}
static inline long ccurl_code(void *_Nonnull handle) {
  long code = 0;
  curl_easy_getinfo((CURL *)handle, CURLINFO_RESPONSE_CODE, &code);
  return code;
}
// How many seconds the server asks to wait; 0 where it does not.
static inline long ccurl_retry_after(void *_Nonnull handle) {
  curl_off_t seconds = 0;
  curl_easy_getinfo((CURL *)handle, CURLINFO_RETRY_AFTER, &seconds);
  return seconds > 0 && seconds < 1000000 ? (long)seconds : 0;
}
// Enumerated or defined, and once spelt otherwise: versions of curl differ, and Swift sees it.
enum {
  ccurl_netrc_ignored = (int)CURL_NETRC_IGNORED,
  ccurl_tls_none = (int)CURLUSESSL_NONE,
  ccurl_tls_try = (int)CURLUSESSL_TRY,
  ccurl_tls_all = (int)CURLUSESSL_ALL,
  ccurl_tls_least = (int)CURL_SSLVERSION_TLSv1_2,
};
// One address that is refused does not keep the mail from the others.
static inline int ccurl_allow_refusals(void *_Nonnull handle) {
  return (int)curl_easy_setopt((CURL *)handle, CURLOPT_MAIL_RCPT_ALLLOWFAILS, 1L);
}
