// Keeps other programs of the same user from reading the login session out of this process.
#ifndef PROCESS_HARDENING_H
#define PROCESS_HARDENING_H
#include <stddef.h>

// Turns off core dumps, and keeps the same user's other processes from using ptrace, /proc/PID/environ or /proc/PID/mem on
// this one. Also keeps the Swift runtime from starting the program that SWIFT_BACKTRACE names at a crash or SIGQUIT, because
// that program prints memory. Call it first in the process; it may be called again. Returns 0, or -1 when the kernel refuses
// any of this.
int process_harden(void);

// From now on no thread of this process can start a program: execve and execveat fail with EPERM, until the process ends.
// Returns 0, or -1 when the kernel does not support that.
int process_forbid_programs(void);

// Copies an environment variable into `buffer` (zero-terminated), overwrites the memory where `ps e` would read it, and
// removes it. Returns its length, 0 when it is not set, or -1 when it does not fit (it is removed as well).
long environment_take(const char *name, char *buffer, size_t capacity);

#endif
