// The lower bound for reading a list to its end: libcurl, one connection, one page after another, nothing decoded.
// drain ORIGIN COOKIE TARGETS: one path and query a line. Prints seconds, bytes and pages.
#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static size_t bytes;

static size_t take(char *data, size_t size, size_t count, void *context) {
    (void)data, (void)context;
    bytes += size * count;
    return size * count;
}

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec + time.tv_nsec * 1e-9;
}

int main(int argc, char **argv) {
    if (argc != 4) return 2;
    FILE *targets = fopen(argv[3], "r");
    if (!targets) return perror(argv[3]), 1;
    curl_global_init(CURL_GLOBAL_ALL);
    CURL *curl = curl_easy_init();
    char cookie[4200], url[4200], line[2048];
    snprintf(cookie, sizeof cookie, "masker_session=%s", argv[2]);
    curl_easy_setopt(curl, CURLOPT_COOKIE, cookie);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take);
    int pages = 0;
    double start = now();
    while (fgets(line, sizeof line, targets)) {
        line[strcspn(line, "\n")] = 0;
        snprintf(url, sizeof url, "%s%s", argv[1], line);
        curl_easy_setopt(curl, CURLOPT_URL, url);
        CURLcode code = curl_easy_perform(curl);
        long status = 0;
        curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
        if (code != CURLE_OK || status != 200) return fprintf(stderr, "drain: %s, status %ld\n", curl_easy_strerror(code), status), 1;
        pages++;
    }
    printf("%f %zu %d\n", now() - start, bytes, pages);
    return 0;
}
