// openpty, which Swift does not see.
#ifndef PSEUDO_TERMINAL_H
#define PSEUDO_TERMINAL_H

// Opens a pseudo-terminal of this size: returns its own end, and the program's in `program`; -1 when there is none to be had.
int pseudo_terminal_open(int *program, unsigned short columns, unsigned short rows);

#endif
