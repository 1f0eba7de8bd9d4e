// The whole border to libcurl. Its variadic functions do not import into Swift, so each
// kind of argument has one typed function here.
#ifndef MASKER_CCURL_SHIM_H
#define MASKER_CCURL_SHIM_H

#include <curl/curl.h>
#include <openssl/ssl.h>
#include <string.h>

typedef size_t (*masker_curl_data_callback)(char *bytes, size_t size, size_t count, void *context);

static inline CURLcode masker_curl_set_long(CURL *handle, CURLoption option, long value) {
    return curl_easy_setopt(handle, option, value);
}
static inline CURLcode masker_curl_set_string(CURL *handle, CURLoption option, const char *value) {
    return curl_easy_setopt(handle, option, value);
}
static inline CURLcode masker_curl_set_pointer(CURL *handle, CURLoption option, void *value) {
    return curl_easy_setopt(handle, option, value);
}
static inline CURLcode masker_curl_set_offset(CURL *handle, CURLoption option, curl_off_t value) {
    return curl_easy_setopt(handle, option, value);
}
static inline CURLcode masker_curl_set_list(CURL *handle, CURLoption option, struct curl_slist *value) {
    return curl_easy_setopt(handle, option, value);
}
static inline CURLcode masker_curl_set_data_callback(CURL *handle, CURLoption option, masker_curl_data_callback callback) {
    return curl_easy_setopt(handle, option, callback);
}
static inline CURLcode masker_curl_get_long(CURL *handle, CURLINFO info, long *value) {
    return curl_easy_getinfo(handle, info, value);
}
static inline CURLcode masker_curl_get_offset(CURL *handle, CURLINFO info, curl_off_t *value) {
    return curl_easy_getinfo(handle, info, value);
}
static inline CURLcode masker_curl_get_string(CURL *handle, CURLINFO info, char **value) {
    return curl_easy_getinfo(handle, info, value);
}
static inline CURLcode masker_curl_get_pointer(CURL *handle, CURLINFO info, void **value) {
    return curl_easy_getinfo(handle, info, value);
}
static inline CURLMcode masker_curl_multi_set_long(CURLM *multi, CURLMoption option, long value) {
    return curl_multi_setopt(multi, option, value);
}
// `TLSv1.3`, or null over plain HTTP. Only while the transfer runs.
static inline const char *masker_curl_tls_version(CURL *handle) {
    struct curl_tlssessioninfo *session = NULL;
    if (curl_easy_getinfo(handle, CURLINFO_TLS_SSL_PTR, &session) != CURLE_OK || session == NULL) return NULL;
    if (session->backend != CURLSSLBACKEND_OPENSSL || session->internals == NULL) return NULL;
    return SSL_get_version((SSL *)session->internals);
}
// A field of the server's own certificate, such as `Subject`; null when there is none.
static inline const char *masker_curl_certificate_field(CURL *handle, const char *name) {
    struct curl_certinfo *chain = NULL;
    if (curl_easy_getinfo(handle, CURLINFO_CERTINFO, &chain) != CURLE_OK || chain == NULL) return NULL;
    if (chain->num_of_certs < 1) return NULL;
    size_t length = strlen(name);
    for (struct curl_slist *line = chain->certinfo[0]; line != NULL; line = line->next) {
        if (strncmp(line->data, name, length) == 0 && line->data[length] == ':') return line->data + length + 1;
    }
    return NULL;
}
// CURLMsg keeps its result in a union, which is awkward from Swift.
static inline CURLcode masker_curl_message_result(const CURLMsg *message) {
    return message->data.result;
}

#endif
