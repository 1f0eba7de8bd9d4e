#define _GNU_SOURCE
#include "character_width.h"

#include <langinfo.h>
#include <locale.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

static locale_t utf8;

// The locale is created once: newlocale maps files, and with an emoji in each row that would take most of the time of a frame.
static void make_utf8(void) { utf8 = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0); }

void character_widths(uint32_t first, int8_t *widths, size_t count) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, make_utf8);
    locale_t before = utf8 ? uselocale(utf8) : (locale_t)0;
    for (size_t i = 0; i < count; i++) widths[i] = (int8_t)wcwidth((wchar_t)(first + i));
    if (utf8) uselocale(before);
}

int locale_is_utf8(void) { return strcmp(nl_langinfo(CODESET), "UTF-8") == 0; }

uint32_t locale_character(uint8_t byte) {
    if (MB_CUR_MAX != 1) return 0;
    wint_t character = btowc(byte);
    return character == WEOF ? 0 : (uint32_t)character;
}
