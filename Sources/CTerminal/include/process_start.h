// A constructor that runs before `main`: it opens missing standard descriptors and copies the arguments.
#ifndef PROCESS_START_H
#define PROCESS_START_H

// How many arguments the program was started with, including its own name, as passed to `main`. Swift's
// CommandLine.arguments is not used: it reads them later, from /proc and from the position of the environment. Returns 0
// when the program was started without a name (the kernel passes an empty one then), or when there was no memory for the copy.
int process_argument_count(void);

// The argument with this index; NULL when there is none.
const char *process_argument(int index);

// Descriptors 0 to 2 are always open when `main` begins. If one of them was closed, the constructor opens it on /dev/null,
// for reading only: a file that is opened later must not get its number, and writing to it must fail instead of losing
// output silently.

// 1 when `count` more descriptors (at most 64) can be opened, otherwise 0.
int process_has_descriptors(int count);

// 1 when `count` more threads (at most 16) can be started, otherwise 0.
int process_has_threads(int count);

#endif
