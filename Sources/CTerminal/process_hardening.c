#define _GNU_SOURCE
#include "process_hardening.h"

#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>

void process_harden(void) {
    struct rlimit none = { 0, 0 };
    setrlimit(RLIMIT_CORE, &none);
    prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
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
