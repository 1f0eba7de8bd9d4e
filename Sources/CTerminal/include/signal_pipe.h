// Signals as bytes on a pipe, so that the event loop handles them where it is safe.
#ifndef SIGNAL_PIPE_H
#define SIGNAL_PIPE_H

// Installs handlers for TSTP CONT WINCH and for all signals that end a process by default without being a defect of its own
// (HUP INT TERM, USR1, ALRM, the real-time ones …), each writing its number as one byte, and ignores PIPE and XFSZ.
// A second after one that ends it, and each second from then on, the process ends by itself when the terminal takes nothing.
// A signal that was ignored at start (nohup) stays ignored. Returns the end to read, non-blocking, or -1.
// Before newterm: ncurses installs its own handlers only where the default is still in place.
int signal_pipe_open(void);

// Stops the process as ^Z does by default and returns once it goes on; at once in an orphaned process group.
void signal_pipe_stop_process(void);

// A descriptor that other threads can make readable: the mailbox's bell. -1 on failure.
int bell_open(void);
void bell_ring(int bell);
void bell_silence(int bell);

#endif
