#define _GNU_SOURCE
#include "process_hardening.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>

void process_harden(void) {
    struct rlimit none = { 0, 0 };
    setrlimit(RLIMIT_CORE, &none);
    prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
    // The runtime's own crash reports show what is in memory, and swallow a SIGQUIT.
    static const int reported[] = { SIGQUIT, SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGSEGV };
    for (size_t i = 0; i < sizeof reported / sizeof reported[0]; i++) {
        struct sigaction current;
        if (sigaction(reported[i], NULL, &current) == 0 && current.sa_handler != SIG_IGN) signal(reported[i], SIG_DFL);
    }
}

long environment_take(const char *name, char *buffer, size_t capacity) {
    char *value = getenv(name);
    if (value == NULL) return 0;
    size_t length = strlen(value);
    long result = -1;
    if (length < capacity) {
        memcpy(buffer, value, length + 1);
        result = (long)length;
    }
    explicit_bzero(value, length);
    unsetenv(name);
    return result;
}
