// ncurses writes at each movement of the cursor, some ninety times for a screen of text, and each write wakes whoever
// reads. What it writes for a frame is collected here and leaves at once.
#ifndef FRAME_OUTPUT_H
#define FRAME_OUTPUT_H
#include <stddef.h>
#include <stdio.h>

// What ncurses is to write to instead of the terminal `fd` itself: its own descriptor of it. The same at each call; NULL
// when there is none to be had.
FILE *frame_output_open(int fd);

// From here on what is written is kept.
void frame_output_begin(void);

// Writes what was kept to the terminal, and waits for it to take that.
void frame_output_end(void);

// Writes our own bytes in order with what ncurses has flushed.
void frame_output_write(const char *bytes, size_t count);

#endif
