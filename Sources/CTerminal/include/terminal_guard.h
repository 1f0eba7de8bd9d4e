// Puts the terminal back as it was, also from a signal handler.
#ifndef TERMINAL_GUARD_H
#define TERMINAL_GUARD_H
#include <stddef.h>

// Remembers the attributes of the terminal `input` as they are now, and that `output` is written to in order to restore
// what is shown. 0, or -1 when `input` is no terminal.
int terminal_guard_save(int input, int output);

// The bytes that undo what the console switched on (cursor, keypad, alternate screen, paste and frame modes),
// prepared while all is well, because nothing can be computed in a signal handler.
void terminal_guard_set_restore_bytes(const char *bytes, size_t count);

// From now on a crash restores the terminal first and then ends the process by the same signal.
void terminal_guard_arm(void);

// Nothing to restore any more.
void terminal_guard_disarm(void);

// 1 between these two, 0 otherwise.
int terminal_guard_is_armed(void);

// Ends the process when there is something to restore and the terminal takes nothing: with its attributes as they were,
// and nothing written. Safe in a signal handler.
void terminal_guard_end_if_stalled(int status);

// Puts the saved attributes back, without writing anything.
void terminal_guard_restore_attributes(void);

// Gives the calling thread its own signal stack, so that a stack overflow on it is caught too.
void terminal_guard_add_thread(void);

#endif
