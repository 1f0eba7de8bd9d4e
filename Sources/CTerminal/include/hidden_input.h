// Reads a secret from a terminal: nothing of it is shown, and whatever ends or stops the process puts the terminal back.
#ifndef HIDDEN_INPUT_H
#define HIDDEN_INPUT_H
#include <stddef.h>

// Writes the prompt to stderr and hides what is typed from now on. When the process is stopped the terminal is put back,
// and when it goes on what is typed is hidden again. 0, or -1 when `fd` is no terminal.
int hidden_input_begin(int fd, const char *prompt, size_t length);

// Shows again what is typed, and gives the signals back.
void hidden_input_end(void);

#endif
