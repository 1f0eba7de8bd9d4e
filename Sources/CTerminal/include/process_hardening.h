// Keeps other programs of the same user from reading the login session out of this process.
#ifndef PROCESS_HARDENING_H
#define PROCESS_HARDENING_H
#include <stddef.h>

// No core dumps, no ptrace, no /proc/PID/environ or mem for the same user; and the Swift runtime, which at a crash or
// SIGQUIT would start the program that SWIFT_BACKTRACE names and print memory, starts none. First thing in the process. 0, or -1 where the
// kernel refuses any of that; it may be asked again.
int process_harden(void);

// From now on no thread of this process can start a program: execve and execveat fail with EPERM, for good.
// Returns 0, or -1 where the kernel cannot promise that.
int process_forbid_programs(void);

// Copies an environment variable into `buffer` (terminated), overwrites it where `ps e` would read it and removes it.
// Returns its length, 0 when it is not set, or -1 when it is longer than the buffer (it is removed all the same).
long environment_take(const char *name, char *buffer, size_t capacity);

#endif
