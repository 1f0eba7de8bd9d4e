// What Swift 6 cannot import from ncurses: each global, macro and cell type that the console uses has one small typed
// function here.
#ifndef MASKER_CNCURSES_SHIM_H
#define MASKER_CNCURSES_SHIM_H

#define NCURSES_WIDECHAR 1
#define _XOPEN_SOURCE_EXTENDED 1
#include <curses.h>
#include <term.h>
#include <wchar.h>

static inline WINDOW *masker_stdscr(void) { return stdscr; }
// Calls newterm with stdin, a global that Swift cannot import. Returns OK, or ERR when ncurses does not know the terminal type.
static inline int masker_new_terminal(const char *name, FILE *output) {
    return newterm(name, output, stdin) != NULL ? OK : ERR;
}
static inline int masker_colors(void) { return COLORS; }

static inline attr_t masker_attr_bold(void) { return A_BOLD; }
static inline attr_t masker_attr_dim(void) { return A_DIM; }
static inline attr_t masker_attr_underline(void) { return A_UNDERLINE; }
static inline attr_t masker_attr_reverse(void) { return A_REVERSE; }
static inline attr_t masker_attr_normal(void) { return A_NORMAL; }

// One cell: a base character with up to two combining marks; the rest of `text` is zero.
typedef struct {
    wchar_t text[4];
    attr_t attributes;
    short pair;
} masker_cell;

// Puts at most 512 cells side by side. A wide character is one cell and takes two columns. mvadd_wchnstr does not
// advance the cursor past the cells and does not wrap at the last column.
static inline int masker_put_cells(int row, int column, const masker_cell *cells, int count) {
    cchar_t line[512];
    if (count > 512) count = 512;
    for (int i = 0; i < count; i++) {
        if (setcchar(&line[i], cells[i].text, cells[i].attributes, cells[i].pair, 0) == ERR) return ERR;
    }
    return mvadd_wchnstr(row, column, line, count);
}

// A string capability of the terminal (terminfo), or null when the terminal does not have it.
static inline const char *masker_terminal_string(const char *name) {
    char *value = tigetstr((char *)name);
    return value == (char *)-1 ? (const char *)0 : value;
}

#endif
