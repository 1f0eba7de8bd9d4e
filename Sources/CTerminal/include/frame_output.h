// ncurses writes at each movement of the cursor, some ninety times for a screen of text, and each write wakes the terminal
// emulator. These functions collect the output of a frame and write it to the terminal in one piece.
#ifndef FRAME_OUTPUT_H
#define FRAME_OUTPUT_H
#include <stddef.h>
#include <stdio.h>

// The stream that ncurses writes to: a duplicate of the terminal's descriptor `fd`. Returns the same stream at each call, or
// NULL when no descriptor can be opened.
FILE *frame_output_open(int fd);

// From now on, output to the stream is collected in memory.
void frame_output_begin(void);

// Writes the collected output to the terminal, and waits until the terminal has accepted all of it.
void frame_output_end(void);

// Writes the console's own bytes behind the output that ncurses has flushed.
void frame_output_write(const char *bytes, size_t count);

#endif
