// How many columns a character takes, from the C library's table for UTF-8, whatever the user's locale is.
#ifndef CHARACTER_WIDTH_H
#define CHARACTER_WIDTH_H
#include <stddef.h>
#include <stdint.h>

// Fills `widths` with the width of each of the `count` characters from `first`: -1 for a character that is not printable,
// 0 for a combining one, otherwise 1 or 2.
void character_widths(uint32_t first, int8_t *widths, size_t count);

// 1 when the locale set by setlocale writes UTF-8.
int locale_is_utf8(void);

// The character that a single byte stands for in the locale; 0 when it stands for none, or when the locale has characters of
// several bytes.
uint32_t locale_character(uint8_t byte);

#endif
