#define _GNU_SOURCE
// libcurl's type-checking macros work only where curl_easy_setopt is called directly; here it is called through a pointer.
#define CURL_DISABLE_TYPECHECK 1
#include "curl_library.h"

#include <dlfcn.h>
#include <openssl/ssl.h>
#include <pthread.h>
#include <string.h>

#define EACH_FUNCTION(DO)                                                                                              \
    DO(curl_global_init) DO(curl_easy_init) DO(curl_easy_cleanup) DO(curl_easy_strerror) DO(curl_easy_setopt)          \
    DO(curl_easy_getinfo) DO(curl_multi_init) DO(curl_multi_cleanup) DO(curl_multi_add_handle)                         \
    DO(curl_multi_remove_handle) DO(curl_multi_perform) DO(curl_multi_poll) DO(curl_multi_wakeup)                      \
    DO(curl_multi_info_read) DO(curl_multi_setopt) DO(curl_slist_append) DO(curl_slist_free_all) DO(curl_url)          \
    DO(curl_url_cleanup) DO(curl_url_set) DO(curl_url_get) DO(curl_free) DO(SSL_get_version)

#define POINTER(name) __typeof__(name) *name;
static struct { EACH_FUNCTION(POINTER) } loaded;

static pthread_once_t once = PTHREAD_ONCE_INIT;
static const char *problem = "libcurl is not loaded";

static void load(void) {
    // Every libcurl since 2006 has this name. RTLD_NODELETE keeps it loaded until the process ends. RTLD_LAZY would take a
    // fifth less time, but if a symbol were missing, the process would end at a later call without restoring the terminal.
    void *library = dlopen("libcurl.so.4", RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
    if (library == NULL) {
        problem = dlerror();
        return;
    }
#define FIND(name)                                                                                                     \
    if ((*(void **)&loaded.name = dlsym(library, #name)) == NULL) {                                                    \
        problem = "libcurl.so.4 has no " #name;                                                                        \
        return;                                                                                                        \
    }
    EACH_FUNCTION(FIND)
    problem = NULL;
}

const char *masker_curl_load(void) {
    pthread_once(&once, load);
    return problem;
}

CURLcode masker_curl_global_init(long flags) { return loaded.curl_global_init(flags); }
CURL *masker_curl_easy_init(void) { return loaded.curl_easy_init(); }
void masker_curl_easy_cleanup(CURL *handle) { loaded.curl_easy_cleanup(handle); }
const char *masker_curl_easy_strerror(CURLcode code) { return loaded.curl_easy_strerror(code); }
CURLM *masker_curl_multi_init(void) { return loaded.curl_multi_init(); }
void masker_curl_multi_cleanup(CURLM *multi) { loaded.curl_multi_cleanup(multi); }
CURLMcode masker_curl_multi_add_handle(CURLM *multi, CURL *handle) { return loaded.curl_multi_add_handle(multi, handle); }
CURLMcode masker_curl_multi_remove_handle(CURLM *multi, CURL *handle) { return loaded.curl_multi_remove_handle(multi, handle); }
CURLMcode masker_curl_multi_perform(CURLM *multi, int *running) { return loaded.curl_multi_perform(multi, running); }
CURLMcode masker_curl_multi_poll(CURLM *multi, int timeout_ms) { return loaded.curl_multi_poll(multi, NULL, 0, timeout_ms, NULL); }
CURLMcode masker_curl_multi_wakeup(CURLM *multi) { return loaded.curl_multi_wakeup(multi); }
CURLMsg *masker_curl_multi_info_read(CURLM *multi, int *left) { return loaded.curl_multi_info_read(multi, left); }
struct curl_slist *masker_curl_slist_append(struct curl_slist *list, const char *line) { return loaded.curl_slist_append(list, line); }
void masker_curl_slist_free_all(struct curl_slist *list) { if (list != NULL) loaded.curl_slist_free_all(list); }
CURLU *masker_curl_url(void) { return loaded.curl_url(); }
void masker_curl_url_cleanup(CURLU *url) { loaded.curl_url_cleanup(url); }
CURLUcode masker_curl_url_set(CURLU *url, CURLUPart part, const char *text) { return loaded.curl_url_set(url, part, text, 0); }
CURLUcode masker_curl_url_get(CURLU *url, CURLUPart part, char **text) { return loaded.curl_url_get(url, part, text, 0); }
void masker_curl_free(void *memory) { loaded.curl_free(memory); }

CURLcode masker_curl_set_long(CURL *handle, CURLoption option, long value) { return loaded.curl_easy_setopt(handle, option, value); }
CURLcode masker_curl_set_string(CURL *handle, CURLoption option, const char *value) { return loaded.curl_easy_setopt(handle, option, value); }
CURLcode masker_curl_set_pointer(CURL *handle, CURLoption option, void *value) { return loaded.curl_easy_setopt(handle, option, value); }
CURLcode masker_curl_set_offset(CURL *handle, CURLoption option, curl_off_t value) { return loaded.curl_easy_setopt(handle, option, value); }
CURLcode masker_curl_set_list(CURL *handle, CURLoption option, struct curl_slist *value) { return loaded.curl_easy_setopt(handle, option, value); }
CURLcode masker_curl_set_data_callback(CURL *handle, CURLoption option, masker_curl_data_callback callback) {
    return loaded.curl_easy_setopt(handle, option, callback);
}
CURLcode masker_curl_get_long(CURL *handle, CURLINFO info, long *value) { return loaded.curl_easy_getinfo(handle, info, value); }
CURLcode masker_curl_get_offset(CURL *handle, CURLINFO info, curl_off_t *value) { return loaded.curl_easy_getinfo(handle, info, value); }
CURLcode masker_curl_get_string(CURL *handle, CURLINFO info, char **value) { return loaded.curl_easy_getinfo(handle, info, value); }
CURLcode masker_curl_get_pointer(CURL *handle, CURLINFO info, void **value) { return loaded.curl_easy_getinfo(handle, info, value); }
CURLMcode masker_curl_multi_set_long(CURLM *multi, CURLMoption option, long value) { return loaded.curl_multi_setopt(multi, option, value); }

const char *masker_curl_tls_version(CURL *handle) {
    struct curl_tlssessioninfo *session = NULL;
    if (loaded.curl_easy_getinfo(handle, CURLINFO_TLS_SSL_PTR, &session) != CURLE_OK || session == NULL) return NULL;
    if (session->backend != CURLSSLBACKEND_OPENSSL || session->internals == NULL) return NULL;
    return loaded.SSL_get_version((SSL *)session->internals);
}

const char *masker_curl_certificate_field(CURL *handle, const char *name) {
    struct curl_certinfo *chain = NULL;
    if (loaded.curl_easy_getinfo(handle, CURLINFO_CERTINFO, &chain) != CURLE_OK || chain == NULL) return NULL;
    if (chain->num_of_certs < 1) return NULL;
    size_t length = strlen(name);
    for (struct curl_slist *line = chain->certinfo[0]; line != NULL; line = line->next) {
        if (strncmp(line->data, name, length) == 0 && line->data[length] == ':') return line->data + length + 1;
    }
    return NULL;
}

static int before_request(void *handle, char *server, char *own, int server_port, int own_port) {
    (void)server, (void)own, (void)server_port, (void)own_port;
    struct curl_certinfo *chain = NULL;
    if (loaded.curl_easy_getinfo(handle, CURLINFO_CERTINFO, &chain) != CURLE_OK || chain == NULL) return CURL_PREREQFUNC_ABORT;
    // A reused connection has no certificate list; the first request on it has checked the certificate.
    if (chain->num_of_certs < 1) return CURL_PREREQFUNC_OK;
    const char *names = masker_curl_certificate_field(handle, "X509v3 Subject Alternative Name");
    int names_host = names != NULL && (strstr(names, "DNS:") != NULL || strstr(names, "IP Address:") != NULL);
    return names_host ? CURL_PREREQFUNC_OK : CURL_PREREQFUNC_ABORT;
}

CURLcode masker_curl_require_alternative_name(CURL *handle) {
    CURLcode code = loaded.curl_easy_setopt(handle, CURLOPT_PREREQDATA, handle);
    return code == CURLE_OK ? loaded.curl_easy_setopt(handle, CURLOPT_PREREQFUNCTION, before_request) : code;
}

static int refuse_request(void *handle, char *server, char *own, int server_port, int own_port) {
    (void)handle, (void)server, (void)own, (void)server_port, (void)own_port;
    return CURL_PREREQFUNC_ABORT;
}

CURLcode masker_curl_send_no_more(CURL *handle) {
    return loaded.curl_easy_setopt(handle, CURLOPT_PREREQFUNCTION, refuse_request);
}

CURLcode masker_curl_message_result(const CURLMsg *message) { return message->data.result; }
