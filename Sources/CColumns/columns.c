/* wcwidth is an XSI extension of POSIX, which must be enabled. */
#define _XOPEN_SOURCE 700
#include "columns.h"

#include <locale.h>
#include <pthread.h>
#include <wchar.h>

/* A locale with the characters of Unicode, independent of the locale of the process. */
static locale_t unicode;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void make_locale(void) { unicode = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0); }

int columns_of(uint32_t scalar) {
    pthread_once(&once, make_locale);
    /* Without the locale, the maximum width: a short line is better than one that wraps. */
    if (!unicode) return 2;
    locale_t before = uselocale(unicode);
    int width = wcwidth((wchar_t)scalar);
    uselocale(before);
    return width < 0 ? 0 : width;
}
