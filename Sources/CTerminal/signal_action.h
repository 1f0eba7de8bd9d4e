// The `struct sigaction` with which the console installs its signal handlers. Safe in a signal handler.
#ifndef SIGNAL_ACTION_H
#define SIGNAL_ACTION_H
#include <signal.h>
#include <string.h>

static inline struct sigaction signal_action(void (*handler)(int)) {
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = handler;
    action.sa_flags = SA_RESTART;
    sigemptyset(&action.sa_mask);
    return action;
}

#endif
