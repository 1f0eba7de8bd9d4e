// Collects output to stderr while the console shows its screen, so that it does not garble the screen.
#ifndef STDERR_CAPTURE_H
#define STDERR_CAPTURE_H

// Redirects stderr to a file in memory. Returns 0, or -1 on failure.
int stderr_capture_begin(void);

// Restores stderr. Returns a descriptor from which the caller reads the collected output and which it closes; -1 when there
// was no output.
int stderr_capture_end(void);

// Restores stderr without returning the collected output. Safe in a signal handler.
void stderr_capture_abandon(void);

#endif
