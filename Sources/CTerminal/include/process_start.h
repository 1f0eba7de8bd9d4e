// What a program has to do before anything else runs in it. It is done by a constructor, so before `main`.
#ifndef PROCESS_START_H
#define PROCESS_START_H

// How many arguments the program was started with, its own name among them: as `main` is told, not as they can be found
// out later, which takes /proc, and an environment that nobody has moved. 0 where there is not even a name (the kernel
// puts an empty one there), or no memory to keep them.
int process_argument_count(void);

// One of them; NULL where there is none.
const char *process_argument(int index);

// Descriptors 0 to 2 are open from the start. Those that the program was started without lead to nothing, and cannot be
// written to: what is opened next must not take their place, and output that nobody gets must not seem to be written.

// 1 when `count` more descriptors can be opened, 0 when they cannot.
int process_has_descriptors(int count);

// 1 when `count` more threads can be started, 0 when they cannot.
int process_has_threads(int count);

#endif
