#define _GNU_SOURCE
#include "signal_pipe.h"
#include "signal_action.h"
#include "terminal_guard.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <sys/eventfd.h>
#include <unistd.h>

static int pipe_ends[2] = { -1, -1 };

// All signals that end a process by default, except those of a crash (`terminal_guard.c`) and PIPE and XFSZ, which are
// ignored. The real-time signals are added in signal_pipe_open.
static const int ending[] = {
    SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGUSR1, SIGUSR2, SIGALRM, SIGVTALRM, SIGPROF, SIGXCPU, SIGIO, SIGPWR, SIGSTKFLT,
};
static const int others[] = { SIGTSTP, SIGCONT, SIGWINCH };

// The first signal that was received of those that end the process; 0 for none.
static volatile sig_atomic_t first_ending;
// Whether SIGALRM was ignored at the start. It is caught all the same, because the handler uses alarm(); one that another
// process sends has no effect then.
static int alarm_is_ignored;

static int is_ending(int signal_number) {
    if (signal_number >= SIGRTMIN && signal_number <= SIGRTMAX) return 1;
    for (size_t i = 0; i < sizeof ending / sizeof ending[0]; i++) {
        if (ending[i] == signal_number) return 1;
    }
    return 0;
}

static void handler(int signal_number) {
    int saved = errno;
    if (signal_number == SIGALRM && first_ending != 0) {
        // The event loop had a second to end the process. It may only be busy, but if it hangs in a write, it cannot end it.
        terminal_guard_end_if_stalled(128 + first_ending);
        if (terminal_guard_is_armed()) alarm(1);
    } else if (signal_number != SIGALRM || !alarm_is_ignored) {
        if (is_ending(signal_number) && first_ending == 0) {
            first_ending = signal_number;
            if (terminal_guard_is_armed()) alarm(1);
        }
        unsigned char byte = (unsigned char)signal_number;
        ssize_t ignored = write(pipe_ends[1], &byte, 1); // A full pipe wakes the event loop anyway.
        (void)ignored;
    }
    errno = saved;
}

static void install(int signal_number) {
    struct sigaction action = signal_action(handler);
    sigaction(signal_number, &action, NULL);
}

static void watch(int signal_number, sigset_t *unblocked) {
    sigaddset(unblocked, signal_number);
    struct sigaction current;
    if (sigaction(signal_number, NULL, &current) == 0 && current.sa_handler == SIG_IGN) {
        if (signal_number != SIGALRM) return;
        alarm_is_ignored = 1;
    }
    install(signal_number);
}

int signal_pipe_open(void) {
    if (pipe_ends[0] < 0 && pipe2(pipe_ends, O_NONBLOCK | O_CLOEXEC) != 0) return -1;
    // The parent process may have left signals blocked, and a blocked SIGWINCH or SIGTERM is never delivered.
    sigset_t unblocked;
    sigemptyset(&unblocked);
    for (size_t i = 0; i < sizeof ending / sizeof ending[0]; i++) watch(ending[i], &unblocked);
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) watch(others[i], &unblocked);
    for (int number = SIGRTMIN; number <= SIGRTMAX; number++) watch(number, &unblocked);
    pthread_sigmask(SIG_UNBLOCK, &unblocked, NULL);
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN);
    return pipe_ends[0];
}

void signal_pipe_stop_process(void) {
    sigset_t stop;
    sigset_t before;
    sigemptyset(&stop);
    sigaddset(&stop, SIGTSTP);
    signal(SIGTSTP, SIG_DFL);
    pthread_sigmask(SIG_UNBLOCK, &stop, &before);
    kill(0, SIGTSTP); // The whole process group, as the terminal does: a wrapper such as `masker-mock exec` stops too.
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    install(SIGTSTP);
}

int bell_open(void) { return eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC); }

void bell_ring(int bell) {
    uint64_t one = 1;
    ssize_t ignored = write(bell, &one, sizeof one);
    (void)ignored;
}

void bell_silence(int bell) {
    uint64_t count;
    ssize_t ignored = read(bell, &count, sizeof count);
    (void)ignored;
}
