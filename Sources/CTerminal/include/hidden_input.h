// Hides what the user types while a secret is read from a terminal. A signal that ends or stops the process restores the
// terminal first.
#ifndef HIDDEN_INPUT_H
#define HIDDEN_INPUT_H
#include <stddef.h>

// Writes the prompt (at most 128 bytes) to stderr and turns off the echo of the terminal `fd`. When the process is stopped, the
// terminal is restored; when it continues, the echo is turned off again. Returns 0, or -1 when `fd` is not a terminal.
int hidden_input_begin(int fd, const char *prompt, size_t length);

// Turns the echo on again and restores the signal handlers.
void hidden_input_end(void);

#endif
