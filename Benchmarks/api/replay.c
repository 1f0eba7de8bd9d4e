// A server that needs almost no time: every connection gets the recorded pages in their order, one per request.
// replay PAGES: for each page its length in decimal, a newline, and its bytes. Prints its port; ends when its standard input is closed.
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

static struct { char *bytes; size_t count; } *pages;
static size_t page_count;

static void load(const char *path) {
    FILE *file = fopen(path, "rb");
    if (!file) { perror(path); exit(1); }
    size_t length;
    while (fscanf(file, "%zu", &length) == 1 && fgetc(file) == '\n') {
        pages = realloc(pages, (page_count + 1) * sizeof *pages);
        pages[page_count].bytes = malloc(length);
        if (fread(pages[page_count].bytes, 1, length, file) != length) exit(1);
        pages[page_count++].count = length;
    }
    fclose(file);
}

static void *serve(void *context) {
    int connection = (int)(long)context, one = 1;
    setsockopt(connection, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    char request[16384];
    size_t filled = 0, page = 0;
    while (1) {
        ssize_t count = read(connection, request + filled, sizeof request - 1 - filled);
        if (count <= 0) break;
        filled += count;
        request[filled] = 0;
        if (!strstr(request, "\r\n\r\n")) continue;
        filled = 0;
        if (page == page_count) page = 0;
        char head[512], date[64];
        time_t now = time(NULL);
        struct tm parts;
        strftime(date, sizeof date, "%a, %d %b %Y %H:%M:%S GMT", gmtime_r(&now, &parts));
        int length = snprintf(head, sizeof head,
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nSet-Cookie: masker_session=bench; HttpOnly; Secure; "
            "SameSite=Lax; Path=/; Max-Age=2592000\r\nX-Request-Id: req_01HV0000000000000000000000\r\nDate: %s\r\n"
            "Content-Length: %zu\r\nConnection: keep-alive\r\n\r\n", date, pages[page].count);
        struct iovec parts_out[2] = {{head, length}, {pages[page].bytes, pages[page].count}};
        size_t left = length + pages[page].count;
        while (left > 0) {
            ssize_t sent = writev(connection, parts_out, 2);
            if (sent <= 0) goto end;
            left -= sent;
            for (int i = 0; i < 2; i++) {
                size_t part = (size_t)sent < parts_out[i].iov_len ? (size_t)sent : parts_out[i].iov_len;
                parts_out[i].iov_base = (char *)parts_out[i].iov_base + part;
                parts_out[i].iov_len -= part;
                sent -= part;
            }
        }
        page++;
    }
end:
    close(connection);
    return NULL;
}

static void *end_with_parent(void *context) {
    char byte;
    while (read(STDIN_FILENO, &byte, 1) > 0) {}
    _exit(0);
    return context;
}

int main(int argc, char **argv) {
    if (argc != 2) return 2;
    signal(SIGPIPE, SIG_IGN);
    load(argv[1]);
    int listener = socket(AF_INET, SOCK_STREAM, 0), one = 1;
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof address;
    if (bind(listener, (struct sockaddr *)&address, size) || listen(listener, 16)) return perror("replay"), 1;
    getsockname(listener, (struct sockaddr *)&address, &size);
    printf("http://127.0.0.1:%d\n", ntohs(address.sin_port));
    fflush(stdout);
    pthread_t thread;
    pthread_create(&thread, NULL, end_with_parent, NULL);
    while (1) {
        int connection = accept(listener, NULL, NULL);
        if (connection < 0) continue;
        pthread_create(&thread, NULL, serve, (void *)(long)connection);
        pthread_detach(thread);
    }
}
