#define _GNU_SOURCE
#include "process_hardening.h"

#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>

int process_harden(void) {
    struct rlimit none = { 0, 0 };
    int is_hardened = setrlimit(RLIMIT_CORE, &none) == 0;
    is_hardened &= prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0;
    // The Swift runtime's crash reports show the contents of memory, and its handler keeps SIGQUIT from ending the process.
    static const int reported[] = { SIGQUIT, SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGSEGV };
    for (size_t i = 0; i < sizeof reported / sizeof reported[0]; i++) {
        struct sigaction current;
        if (sigaction(reported[i], NULL, &current) == 0 && current.sa_handler != SIG_IGN) signal(reported[i], SIG_DFL);
    }
    return is_hardened ? 0 : -1;
}

#if defined(__x86_64__)
#define ARCHITECTURE AUDIT_ARCH_X86_64
#define FIRST_FOREIGN_CALL 0x40000000 // The system calls of the x32 ABI have other numbers, from here on.
#elif defined(__aarch64__)
#define ARCHITECTURE AUDIT_ARCH_AARCH64
#define FIRST_FOREIGN_CALL 0xFFFFFFFF
#else
#define ARCHITECTURE 0 // Unknown architecture: the filter would refuse every call, so it is not installed.
#define FIRST_FOREIGN_CALL 0
#endif

int process_forbid_programs(void) {
    if (ARCHITECTURE == 0) return -1;
    struct sock_filter filter[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, arch)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, ARCHITECTURE, 0, 4),
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, FIRST_FOREIGN_CALL, 2, 0),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_execve, 1, 0),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_execveat, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    struct sock_fprog program = { .len = sizeof filter / sizeof filter[0], .filter = filter };
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return -1;
    return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0);
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
