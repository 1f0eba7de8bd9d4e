// How many columns a character takes, by the C library's table, whatever the user's locale is.
#ifndef CHARACTER_WIDTH_H
#define CHARACTER_WIDTH_H
#include <stddef.h>
#include <stdint.h>

// Fills `widths` with the width of each of `count` characters from `first`: -1 not printable, 0 combining, 1 or 2.
void character_widths(uint32_t first, int8_t *widths, size_t count);

// 1 when the locale set by setlocale writes UTF-8.
int locale_is_utf8(void);

// The character of a single byte in the locale; 0: the byte has none, or a character may have several bytes there.
uint32_t locale_character(uint8_t byte);

#endif
