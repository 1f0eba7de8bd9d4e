#define _GNU_SOURCE
#include "process_start.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int argument_count;
static char **arguments;

// Opens /dev/null for reading, or where there is none, as in a bare chroot, a pipe without a writer.
static int open_nothing(void) {
    int fd = open("/dev/null", O_RDONLY);
    if (fd >= 0) return fd;
    int ends[2];
    if (pipe(ends) != 0) return -1;
    close(ends[1]);
    return ends[0];
}

static void open_standard_descriptors(void) {
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++) {
        if (fcntl(fd, F_GETFD) >= 0 || errno != EBADF) continue;
        // All lower descriptors are open, so the lowest free one is `fd`.
        if (open_nothing() != fd) _exit(1);
    }
}

// Copies the arguments, because the memory they came in can be overwritten.
static void keep_arguments(int count, char **values) {
    if (count < 1 || (count == 1 && values[0][0] == '\0')) return;
    char **copies = calloc((size_t)count, sizeof *copies);
    if (copies == NULL) return;
    for (int i = 0; i < count; i++) {
        copies[i] = strdup(values[i]);
        if (copies[i] == NULL) return;
    }
    arguments = copies;
    argument_count = count;
}

// glibc passes constructors the same arguments as `main`. 101 is the lowest priority number that programs may use, so this
// constructor runs before the program's others.
__attribute__((constructor(101))) static void begin(int count, char **values, char **environment) {
    (void)environment;
    open_standard_descriptors();
    keep_arguments(count, values);
}

int process_argument_count(void) { return argument_count; }

const char *process_argument(int index) { return index >= 0 && index < argument_count ? arguments[index] : NULL; }

int process_has_descriptors(int count) {
    int opened[64];
    if (count > 64) count = 64;
    int i = 0;
    while (i < count && (opened[i] = fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3)) >= 0) i++;
    int enough = i == count;
    while (i > 0) close(opened[--i]);
    return enough;
}

// The body of a thread that waits until the mutex `gate` is unlocked.
static void *wait_for(void *gate) {
    pthread_mutex_lock(gate);
    pthread_mutex_unlock(gate);
    return NULL;
}

int process_has_threads(int count) {
    pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;
    pthread_t threads[16];
    pthread_attr_t attributes;
    if (count > 16) count = 16;
    if (pthread_attr_init(&attributes) != 0) return 0;
    pthread_attr_setstacksize(&attributes, 64 * 1024 > PTHREAD_STACK_MIN ? 64 * 1024 : PTHREAD_STACK_MIN);
    pthread_mutex_lock(&gate);
    int i = 0;
    while (i < count && pthread_create(&threads[i], &attributes, wait_for, &gate) == 0) i++;
    pthread_mutex_unlock(&gate);
    int enough = i == count;
    while (i > 0) pthread_join(threads[--i], NULL);
    pthread_attr_destroy(&attributes);
    return enough;
}
