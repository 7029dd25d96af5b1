// libcurl for Swift. Its setters and getters are variadic, which Swift cannot call, and macros besides: each type of
// argument that is used has a wrapper here, and nothing else does.

#ifndef CCURL_SHIM_H
#define CCURL_SHIM_H

#include <curl/curl.h>

// Before, ending a transfer could take as long as its name server is silent.
#if LIBCURL_VERSION_NUM < 0x075700
#error "libcurl 7.87 or newer is needed"
#endif

#ifdef __linux__
#include <sys/prctl.h>
// What tools show of the calling thread.
static inline void ccurl_name_thread(const char *name) { prctl(PR_SET_NAME, name, 0, 0, 0); }
#else
#include <pthread.h>
static inline void ccurl_name_thread(const char *name) { pthread_setname_np(name); }
#endif

typedef size_t (*ccurl_data_function)(char *bytes, size_t size, size_t count, void *client);
typedef int (*ccurl_progress_function)(
    void *client, curl_off_t down_total, curl_off_t down, curl_off_t up_total, curl_off_t up
);
typedef int (*ccurl_ready_function)(void *client, char *to, char *from, int to_port, int from_port);

static inline CURLcode ccurl_global_init(void) { return curl_global_init(CURL_GLOBAL_DEFAULT); }

static inline CURLcode ccurl_set_long(void *easy, CURLoption option, long value) {
    return curl_easy_setopt(easy, option, value);
}

static inline CURLcode ccurl_set_size(void *easy, CURLoption option, int64_t value) {
    return curl_easy_setopt(easy, option, (curl_off_t)value);
}

static inline CURLcode ccurl_set_text(void *easy, CURLoption option, const char *value) {
    return curl_easy_setopt(easy, option, value);
}

static inline CURLcode ccurl_set_client(void *easy, CURLoption option, void *value) {
    return curl_easy_setopt(easy, option, value);
}

// Copies `bytes`.
static inline CURLcode ccurl_set_body(void *easy, const void *bytes, int64_t count) {
    CURLcode code = curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)count);
    return code ? code : curl_easy_setopt(easy, CURLOPT_COPYPOSTFIELDS, count ? (const char *)bytes : "");
}

static inline CURLcode ccurl_set_form(void *easy, curl_mime *form) {
    return curl_easy_setopt(easy, CURLOPT_MIMEPOST, form);
}

static inline CURLcode ccurl_set_fields(void *easy, struct curl_slist *lines) {
    return curl_easy_setopt(easy, CURLOPT_HTTPHEADER, lines);
}

static inline CURLcode ccurl_on_data(void *easy, CURLoption option, ccurl_data_function function) {
    return curl_easy_setopt(easy, option, function);
}

static inline CURLcode ccurl_on_progress(void *easy, ccurl_progress_function function) {
    return curl_easy_setopt(easy, CURLOPT_XFERINFOFUNCTION, function);
}

// Called when a connection is made, or taken again, and the request is about to be written to it.
static inline CURLcode ccurl_on_ready(void *easy, ccurl_ready_function function) {
    return curl_easy_setopt(easy, CURLOPT_PREREQFUNCTION, function);
}

// What every transfer has in common.
static inline CURLcode ccurl_prepare(void *easy) {
    CURLcode code = curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    if (!code) code = curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
    if (!code) code = curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
    if (!code) code = curl_easy_setopt(easy, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    if (!code) code = curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 1L);
    if (!code) code = curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 2L);
    if (!code) code = curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
    if (!code) code = curl_easy_setopt(easy, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
    if (!code) code = curl_easy_setopt(easy, CURLOPT_TCP_KEEPALIVE, 1L);
    if (!code) code = curl_easy_setopt(easy, CURLOPT_TCP_KEEPIDLE, 30L);
    if (!code) code = curl_easy_setopt(easy, CURLOPT_TCP_KEEPINTVL, 15L);
    // Without it, ending a transfer waits for the resolver, for as long as a name server is silent.
    if (!code) code = curl_easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L);
    return code;
}

static inline long ccurl_long(void *easy, CURLINFO info) {
    long value = 0;
    curl_easy_getinfo(easy, info, &value);
    return value;
}

static inline void *ccurl_client(void *easy) {
    char *client = NULL;
    curl_easy_getinfo(easy, CURLINFO_PRIVATE, &client);
    return client;
}

static inline CURLMcode ccurl_limit_connections(void *multi, long count) {
    return curl_multi_setopt(multi, CURLMOPT_MAXCONNECTS, count);
}

// The next transfer that has ended, and how; NULL when there is none. `CURLMsg` has a union, which Swift shows badly.
static inline void *ccurl_next_ended(void *multi, CURLcode *result) {
    int left;
    CURLMsg *message;
    while ((message = curl_multi_info_read(multi, &left))) {
        if (message->msg != CURLMSG_DONE) continue;
        *result = message->data.result;
        return message->easy_handle;
    }
    return NULL;
}

#endif
