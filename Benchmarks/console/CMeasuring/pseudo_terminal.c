#include "pseudo_terminal.h"

#include <pty.h>
#include <stddef.h>

int pseudo_terminal_open(int *program, unsigned short columns, unsigned short rows) {
    struct winsize size = { .ws_col = columns, .ws_row = rows };
    int end = -1;
    return openpty(&end, program, NULL, NULL, &size) == 0 ? end : -1;
}
