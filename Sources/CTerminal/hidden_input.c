#define _GNU_SOURCE
#include "hidden_input.h"
#include "signal_action.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

static struct termios shown, hidden;
static int input = -1;
static char prompt[128];
static size_t prompt_length;
static struct sigaction before[_NSIG];
static volatile unsigned char is_taken[_NSIG];

// Every signal that ends a process by default and can be caught. The real-time signals are added in hidden_input_begin.
static const int ending[] = {
    SIGHUP, SIGINT, SIGQUIT, SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGUSR1, SIGSEGV, SIGUSR2, SIGALRM, SIGTERM, SIGSTKFLT,
    SIGXCPU, SIGVTALRM, SIGPROF, SIGIO, SIGPWR, SIGSYS,
};

// A process in the background must not change the terminal: the foreground process uses it then.
static int has_terminal(void) {
    pid_t group = tcgetpgrp(input);
    return group < 0 || group == getpgrp();
}

static void show(void) {
    if (!has_terminal()) return;
    // Discards the part of the secret that was typed already, so that the shell does not read it.
    tcflush(input, TCIFLUSH);
    tcsetattr(input, TCSANOW, &shown);
}

static void hide(void) {
    if (has_terminal()) tcsetattr(input, TCSANOW, &hidden);
}

static void write_prompt(void) {
    size_t written = 0;
    while (written < prompt_length) {
        ssize_t count = write(STDERR_FILENO, prompt + written, prompt_length - written);
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) return;
        written += (size_t)count;
    }
}

static void unblock(int number) {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, number);
    pthread_sigmask(SIG_UNBLOCK, &set, NULL);
}

// Only calls that are safe in a signal handler.
static void end_process(int number) {
    show();
    signal(number, SIG_DFL);
    unblock(number);
    raise(number);
}

static void continue_process(int number) {
    (void)number;
    int saved = errno;
    hide();
    if (has_terminal()) write_prompt();
    errno = saved;
}

static void stop_process(int number) {
    int saved = errno;
    show();
    signal(number, SIG_DFL);
    unblock(number);
    raise(number);
    // The process continues here. SIGCONT has hidden the input again, except in an orphaned process group: the system does not
    // stop such a process, so no SIGCONT came.
    struct sigaction action = signal_action(stop_process);
    sigaction(number, &action, NULL);
    hide();
    errno = saved;
}

static void catch_signal(int number, void (*handler)(int)) {
    struct sigaction action = signal_action(handler);
    is_taken[number] = 0;
    if (sigaction(number, NULL, &before[number]) != 0) return;
    // A signal that was ignored at the start stays ignored.
    if (before[number].sa_handler == SIG_IGN && number != SIGCONT) return;
    is_taken[number] = sigaction(number, &action, NULL) == 0;
}

int hidden_input_begin(int fd, const char *text, size_t length) {
    if (tcgetattr(fd, &shown) != 0) return -1;
    input = fd;
    hidden = shown;
    hidden.c_lflag &= ~(tcflag_t)ECHO;
    prompt_length = length < sizeof prompt ? length : sizeof prompt;
    memcpy(prompt, text, prompt_length);
    // The handlers are installed before the terminal is changed, so that each signal after the change restores it.
    for (size_t i = 0; i < sizeof ending / sizeof ending[0]; i++) catch_signal(ending[i], end_process);
    for (int number = SIGRTMIN; number <= SIGRTMAX; number++) catch_signal(number, end_process);
    catch_signal(SIGTSTP, stop_process);
    catch_signal(SIGCONT, continue_process);
    tcsetattr(input, TCSAFLUSH, &hidden);
    write_prompt();
    return 0;
}

void hidden_input_end(void) {
    if (has_terminal()) tcsetattr(input, TCSANOW, &shown);
    for (int number = 1; number < _NSIG; number++) {
        if (is_taken[number]) sigaction(number, &before[number], NULL);
        is_taken[number] = 0;
    }
}
