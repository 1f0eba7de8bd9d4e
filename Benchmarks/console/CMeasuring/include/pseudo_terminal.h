// openpty, which Swift cannot import.
#ifndef PSEUDO_TERMINAL_H
#define PSEUDO_TERMINAL_H

// Opens a pseudo-terminal of this size: returns one end, and the program's end in `program`; -1 on failure.
int pseudo_terminal_open(int *program, unsigned short columns, unsigned short rows);

#endif
