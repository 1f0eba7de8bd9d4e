#define _GNU_SOURCE
#include "terminal_guard.h"
#include "stderr_capture.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

static struct termios saved_attributes;
// The descriptor whose attributes are saved, and the one that is written to: standard input can be a terminal that was
// opened for reading only.
static int terminal_fd = -1, output_fd = -1;
static char restore_bytes[512];
static size_t restore_count;
static volatile sig_atomic_t armed;

static const int crash_signals[] = { SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGSEGV, SIGSYS };

int terminal_guard_save(int input, int output) {
    if (tcgetattr(input, &saved_attributes) != 0) return -1;
    terminal_fd = input;
    output_fd = output;
    return 0;
}

void terminal_guard_set_restore_bytes(const char *bytes, size_t count) {
    if (count > sizeof restore_bytes) count = sizeof restore_bytes;
    memcpy(restore_bytes, bytes, count);
    restore_count = count;
}

void terminal_guard_restore_attributes(void) {
    if (terminal_fd >= 0) tcsetattr(terminal_fd, TCSANOW, &saved_attributes);
}

static long milliseconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

// Writes as many bytes as the terminal accepts until `deadline`. A terminal that accepts no output must not keep the process
// from ending.
static void write_until(long deadline, int fd, const char *bytes, size_t count) {
    int flags = fcntl(fd, F_GETFL);
    // The flags are restored at the end, because other processes may share this file description.
    if (flags < 0 || fcntl(fd, F_SETFL, flags | O_NONBLOCK) != 0) return;
    while (count > 0) {
        ssize_t written = write(fd, bytes, count);
        if (written > 0) {
            bytes += written;
            count -= (size_t)written;
            continue;
        }
        if (written == 0 || (errno != EAGAIN && errno != EINTR)) break;
        long left = deadline - milliseconds();
        if (left <= 0) break;
        struct pollfd room = { .fd = fd, .events = POLLOUT };
        poll(&room, 1, (int)left);
    }
    fcntl(fd, F_SETFL, flags);
}

void terminal_guard_end_if_stalled(int status) {
    struct pollfd room = { .fd = output_fd, .events = POLLOUT };
    if (!armed || poll(&room, 1, 0) != 0) return;
    terminal_guard_restore_attributes();
    _exit(status);
}

int terminal_guard_is_armed(void) { return armed; }

// Makes only async-signal-safe calls. The captured output to stderr is not shown, because it may hold data.
static void crash_handler(int signal_number) {
    static const char message[] =
        "masker-tui crashed because of a bug. The terminal was restored. Nothing was written to disk.\r\n";
    if (armed) {
        armed = 0;
        long deadline = milliseconds() + 1000;
        write_until(deadline, output_fd, restore_bytes, restore_count);
        terminal_guard_restore_attributes();
        stderr_capture_abandon();
        write_until(deadline, STDERR_FILENO, message, sizeof message - 1);
    }
    signal(signal_number, SIG_DFL);
    raise(signal_number);
}

void terminal_guard_add_thread(void) {
    stack_t stack = { 0 };
    stack_t current;
    if (sigaltstack(NULL, &current) == 0 && !(current.ss_flags & SS_DISABLE)) return;
    stack.ss_size = 64 * 1024;
    stack.ss_sp = malloc(stack.ss_size);
    if (stack.ss_sp != NULL) sigaltstack(&stack, NULL);
}

void terminal_guard_arm(void) {
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = crash_handler;
    action.sa_flags = SA_ONSTACK | SA_RESETHAND | SA_NODEFER;
    sigemptyset(&action.sa_mask);
    terminal_guard_add_thread();
    for (size_t i = 0; i < sizeof crash_signals / sizeof crash_signals[0]; i++) sigaction(crash_signals[i], &action, NULL);
    armed = 1;
}

void terminal_guard_disarm(void) { armed = 0; }
