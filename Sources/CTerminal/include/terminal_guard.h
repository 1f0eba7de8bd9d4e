// Restores the terminal, also from a signal handler.
#ifndef TERMINAL_GUARD_H
#define TERMINAL_GUARD_H
#include <stddef.h>

// Saves the current attributes of the terminal `input`. The restore bytes will be written to `output`. Returns 0, or -1 when
// `input` is not a terminal.
int terminal_guard_save(int input, int output);

// Copies the bytes (at most 512) that undo the modes that the console switched on: cursor, keypad, alternate screen, paste and
// frame modes. They are prepared in advance, because a signal handler cannot compute them.
void terminal_guard_set_restore_bytes(const char *bytes, size_t count);

// From now on, a crash first restores the terminal and then ends the process by the same signal.
void terminal_guard_arm(void);

// From now on, there is nothing to restore: the terminal has its usual state.
void terminal_guard_disarm(void);

// 1 after terminal_guard_arm and before terminal_guard_disarm, otherwise 0.
int terminal_guard_is_armed(void);

// If the guard is armed and the terminal accepts no output, restores the terminal's attributes and ends the process with
// this status, without writing the restore bytes. Otherwise does nothing. Safe in a signal handler.
void terminal_guard_end_if_stalled(int status);

// Restores the saved attributes, without writing anything.
void terminal_guard_restore_attributes(void);

// Gives the calling thread its own signal stack, so that the crash handler also runs after a stack overflow of that thread.
void terminal_guard_add_thread(void);

#endif
