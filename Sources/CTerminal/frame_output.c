#define _GNU_SOURCE
#include "frame_output.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static FILE *output;
// The descriptor of `output` leads to one of these two: to the terminal, or during a frame to a file in memory.
static int terminal = -1, memory = -1;
// The mapped file: 16 MiB, more than any frame takes. The largest window has 150,000 cells, each with a letter, two marks,
// colours and a cursor movement. Output beyond 16 MiB is lost. The system allocates memory only for the pages written.
static char *kept;
enum { MOST = 16 << 20 };

FILE *frame_output_open(int fd) {
    if (output != NULL) return output;
    terminal = fd;
    memory = memfd_create("frame", MFD_CLOEXEC);
    if (memory >= 0 && ftruncate(memory, MOST) == 0) {
        void *map = mmap(NULL, MOST, PROT_READ | PROT_WRITE, MAP_SHARED, memory, 0);
        if (map != MAP_FAILED) kept = map;
    }
    int own = fcntl(fd, F_DUPFD_CLOEXEC, 3);
    if (own >= 0) output = fdopen(own, "w");
    return output;
}

static void redirect_to(int fd) {
    while (dup3(fd, fileno(output), O_CLOEXEC) < 0 && errno == EINTR) {}
}

// Waits while the terminal accepts no more output. The crash handler must not wait and has a function of its own
// (`write_until` in `terminal_guard.c`).
static void write_all(int fd, const char *bytes, size_t count) {
    while (count > 0) {
        ssize_t written = write(fd, bytes, count);
        if (written > 0) {
            bytes += written;
            count -= (size_t)written;
        } else if (written < 0 && errno == EAGAIN) {
            // Another program on this terminal has set O_NONBLOCK.
            struct pollfd room = { .fd = fd, .events = POLLOUT };
            poll(&room, 1, -1);
        } else if (written == 0 || errno != EINTR) {
            return;
        }
    }
}

void frame_output_begin(void) {
    if (kept != NULL) redirect_to(memory);
}

void frame_output_end(void) {
    if (kept == NULL) return;
    redirect_to(terminal);
    off_t end = lseek(memory, 0, SEEK_CUR);
    size_t count = end > MOST ? MOST : end > 0 ? (size_t)end : 0;
    lseek(memory, 0, SEEK_SET);
    write_all(terminal, kept, count);
    // The screen's text must not stay in memory.
    memset(kept, 0, count);
}

void frame_output_write(const char *bytes, size_t count) {
    write_all(fileno(output), bytes, count);
}
