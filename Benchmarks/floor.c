// The lower bound for a table of 100,000 rows with ncurses: without colours and network, with texts in memory as the only data.
//
//     floor marker|reversed SCREEN FIRST COUNT ROWS
//
// SCREEN is a file with the lines of a whole screen; ROWS is a file with the texts of rows, which are repeated. The rows are on
// COUNT lines from line FIRST on. Both files are from the console, so that the bytes can be compared.
#define _XOPEN_SOURCE_EXTENDED 1
#include <curses.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { total = 100000, most = 1000 };

static char *lines_of(const char *path, const char *texts[], int *count) {
    FILE *file = fopen(path, "r");
    if (file == NULL) return NULL;
    fseek(file, 0, SEEK_END);
    long size = ftell(file);
    rewind(file);
    char *text = malloc((size_t)size + 1);
    if (text == NULL || fread(text, 1, (size_t)size, file) != (size_t)size) return NULL;
    fclose(file);
    text[size] = 0;
    for (char *line = strtok(text, "\n"); line != NULL && *count < most; line = strtok(NULL, "\n")) texts[(*count)++] = line;
    return text;
}

int main(int argc, char **argv) {
    const char *screen[most], *rows[most];
    int screen_lines = 0, row_count = 0;
    if (argc != 6 || !lines_of(argv[2], screen, &screen_lines) || !lines_of(argv[5], rows, &row_count) || row_count == 0) return 2;
    int reversed = strcmp(argv[1], "reversed") == 0, first = atoi(argv[3]), count = atoi(argv[4]);
    int selected = 0, top = 0;

    setlocale(LC_ALL, "");
    initscr();
    raw();
    noecho();
    keypad(stdscr, TRUE);
    curs_set(0);
    for (int line = 0; line < screen_lines; line++) mvaddstr(line, 0, screen[line]);
    for (;;) {
        for (int line = 0; line < count; line++) {
            int index = top + line;
            mvaddstr(first + line, 0, !reversed && index == selected ? "▌" : " ");
            addstr(rows[index % row_count]);
            clrtoeol();
            if (reversed) mvchgat(first + line, 0, -1, index == selected ? A_REVERSE : A_NORMAL, 0, NULL);
        }
        switch (getch()) { // Which refreshes the screen.
        case 'j': selected++; break;
        case 'k': selected--; break;
        case KEY_NPAGE: selected += count, top += count; break;
        case KEY_PPAGE: selected -= count, top -= count; break;
        case 'q': case ERR: endwin(); return 0;
        }
        if (selected > total - 1) selected = total - 1;
        if (selected < 0) selected = 0;
        if (top > total - count) top = total - count;
        if (top > selected) top = selected;
        if (top < selected - count + 1) top = selected - count + 1;
        if (top < 0) top = 0;
    }
}
