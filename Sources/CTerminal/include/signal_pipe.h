// Signal handlers that write to a pipe, so that the event loop can handle the signals outside of a signal handler.
#ifndef SIGNAL_PIPE_H
#define SIGNAL_PIPE_H

// Installs handlers for SIGTSTP, SIGCONT, SIGWINCH and all signals that end a process by default, except those of a crash
// (HUP, INT, TERM, USR1, ALRM, the real-time signals …). Each handler writes the signal's number as one byte. PIPE and XFSZ
// are ignored. One second after a signal that ends the process, and each second from then on, a handler checks whether
// the terminal still accepts output, and ends the process if not. A signal that was ignored at the start (nohup) stays
// ignored. Returns the non-blocking read end of the pipe, or -1. Call it before newterm: ncurses installs its own handlers
// only where the default is still in place.
int signal_pipe_open(void);

// Stops the process group as Ctrl-Z does by default, and returns when the process continues. In an orphaned process group it
// returns at once, because the system does not stop such a process.
void signal_pipe_stop_process(void);

// An eventfd with which other threads wake the event loop when the mailbox has an action. `bell_ring` makes it readable,
// `bell_silence` makes it unreadable again. Returns -1 on failure.
int bell_open(void);
void bell_ring(int bell);
void bell_silence(int bell);

#endif
