// Keeps what is written to stderr while the screen is up, so that it cannot garble it.
#ifndef STDERR_CAPTURE_H
#define STDERR_CAPTURE_H

// Sends stderr to memory. 0, or -1 when that could not be done.
int stderr_capture_begin(void);

// Puts stderr back. Returns a descriptor, at its start, of what was kept (the caller closes it), or -1 for nothing.
int stderr_capture_end(void);

// Puts stderr back and forgets what was kept; safe in a signal handler.
void stderr_capture_abandon(void);

#endif
