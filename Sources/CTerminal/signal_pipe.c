#define _GNU_SOURCE
#include "signal_pipe.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

static int pipe_ends[2] = { -1, -1 };

static const int watched[] = { SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGCONT, SIGWINCH };

static void handler(int signal_number) {
    int saved = errno;
    unsigned char byte = (unsigned char)signal_number;
    ssize_t ignored = write(pipe_ends[1], &byte, 1); // A full pipe already has something to wake up for.
    (void)ignored;
    errno = saved;
}

static void install(int signal_number) {
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = handler;
    action.sa_flags = SA_RESTART;
    sigemptyset(&action.sa_mask);
    sigaction(signal_number, &action, NULL);
}

int signal_pipe_open(void) {
    if (pipe_ends[0] < 0 && pipe2(pipe_ends, O_NONBLOCK | O_CLOEXEC) != 0) return -1;
    // Whoever started us may have left signals blocked, and a blocked SIGWINCH or SIGTERM never comes.
    sigset_t unblocked;
    sigemptyset(&unblocked);
    for (size_t i = 0; i < sizeof watched / sizeof watched[0]; i++) {
        sigaddset(&unblocked, watched[i]);
        struct sigaction current;
        if (sigaction(watched[i], NULL, &current) == 0 && current.sa_handler == SIG_IGN) continue;
        install(watched[i]);
    }
    pthread_sigmask(SIG_UNBLOCK, &unblocked, NULL);
    signal(SIGPIPE, SIG_IGN);
    return pipe_ends[0];
}

void signal_pipe_stop_process(void) {
    sigset_t stop;
    sigset_t before;
    sigemptyset(&stop);
    sigaddset(&stop, SIGTSTP);
    signal(SIGTSTP, SIG_DFL);
    pthread_sigmask(SIG_UNBLOCK, &stop, &before);
    kill(0, SIGTSTP); // The whole group, as the terminal does: a wrapper such as `masker-mock exec` stops too.
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
