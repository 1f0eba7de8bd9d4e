// The console calls libcurl only through the functions in this file. Swift cannot import libcurl's variadic functions, so
// there is one typed function for each kind of argument.
//
// libcurl is not linked; it is loaded when it is first needed. It depends on two dozen other libraries, and loading them
// takes longer than everything else before the first frame. Call masker_curl_load first. If it fails, call no other
// function of this file.
#ifndef CURL_LIBRARY_H
#define CURL_LIBRARY_H

#include <curl/curl.h>

// Loads libcurl at the first call. Returns null, or the reason why loading failed. Any thread may call it, any number of times.
const char *masker_curl_load(void);

// These functions call libcurl's functions of the same names (without `masker_`).
CURLcode masker_curl_global_init(long flags);
CURL *masker_curl_easy_init(void);
void masker_curl_easy_cleanup(CURL *handle);
const char *masker_curl_easy_strerror(CURLcode code);
CURLM *masker_curl_multi_init(void);
void masker_curl_multi_cleanup(CURLM *multi);
CURLMcode masker_curl_multi_add_handle(CURLM *multi, CURL *handle);
CURLMcode masker_curl_multi_remove_handle(CURLM *multi, CURL *handle);
CURLMcode masker_curl_multi_perform(CURLM *multi, int *running);
CURLMcode masker_curl_multi_poll(CURLM *multi, int timeout_ms);
CURLMcode masker_curl_multi_wakeup(CURLM *multi);
CURLMsg *masker_curl_multi_info_read(CURLM *multi, int *left);
struct curl_slist *masker_curl_slist_append(struct curl_slist *list, const char *line);
void masker_curl_slist_free_all(struct curl_slist *list);
CURLU *masker_curl_url(void);
void masker_curl_url_cleanup(CURLU *url);
CURLUcode masker_curl_url_set(CURLU *url, CURLUPart part, const char *text);
CURLUcode masker_curl_url_get(CURLU *url, CURLUPart part, char **text);
void masker_curl_free(void *memory);

typedef size_t (*masker_curl_data_callback)(char *bytes, size_t size, size_t count, void *context);

CURLcode masker_curl_set_long(CURL *handle, CURLoption option, long value);
CURLcode masker_curl_set_string(CURL *handle, CURLoption option, const char *value);
CURLcode masker_curl_set_pointer(CURL *handle, CURLoption option, void *value);
CURLcode masker_curl_set_offset(CURL *handle, CURLoption option, curl_off_t value);
CURLcode masker_curl_set_list(CURL *handle, CURLoption option, struct curl_slist *value);
CURLcode masker_curl_set_data_callback(CURL *handle, CURLoption option, masker_curl_data_callback callback);
CURLcode masker_curl_get_long(CURL *handle, CURLINFO info, long *value);
CURLcode masker_curl_get_offset(CURL *handle, CURLINFO info, curl_off_t *value);
CURLcode masker_curl_get_string(CURL *handle, CURLINFO info, char **value);
CURLcode masker_curl_get_pointer(CURL *handle, CURLINFO info, void **value);
CURLMcode masker_curl_multi_set_long(CURLM *multi, CURLMoption option, long value);
// The TLS version, such as `TLSv1.3`; null over plain HTTP. Valid only while the transfer runs.
const char *masker_curl_tls_version(CURL *handle);
// A field of the server's certificate, such as `Subject`; null when it has no such field.
const char *masker_curl_certificate_field(CURL *handle, const char *name);
// Ends a transfer with CURLE_ABORTED_BY_CALLBACK, before any part of the request is sent, when the server's certificate has
// no subject alternative name that is a host name or an IP address. libcurl would check the subject's common name instead.
CURLcode masker_curl_require_alternative_name(CURL *handle);
// For a transfer whose request was sent: when its connection is closed, libcurl would send the request again over another one.
// After this call it ends the transfer with CURLE_ABORTED_BY_CALLBACK instead.
CURLcode masker_curl_send_no_more(CURL *handle);
// The result of a transfer. CURLMsg keeps it in a union, which is awkward to read from Swift.
CURLcode masker_curl_message_result(const CURLMsg *message);

#endif
