#define _GNU_SOURCE
#include "stderr_capture.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

static int original = -1;
static int captured = -1;

int stderr_capture_begin(void) {
    if (captured >= 0) return 0;
    int memory = memfd_create("stderr", MFD_CLOEXEC);
    if (memory < 0) return -1;
    original = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3);
    if (original < 0 || dup2(memory, STDERR_FILENO) < 0) {
        close(memory);
        return -1;
    }
    captured = memory;
    return 0;
}

void stderr_capture_abandon(void) {
    if (original < 0) return;
    dup2(original, STDERR_FILENO);
    close(original);
    original = -1;
}

int stderr_capture_end(void) {
    int memory = captured;
    stderr_capture_abandon();
    captured = -1;
    if (memory < 0) return -1;
    if (lseek(memory, 0, SEEK_END) <= 0) {
        close(memory);
        return -1;
    }
    lseek(memory, 0, SEEK_SET);
    return memory;
}
