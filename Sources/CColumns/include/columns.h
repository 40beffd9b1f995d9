/* How wide characters are on a terminal. */
#ifndef ROLLCALL_COLUMNS_H
#define ROLLCALL_COLUMNS_H

#include <stdint.h>

/* How many columns a Unicode scalar takes: 2 for an ideograph, 0 for an accent that joins the letter before it, and for
   what cannot be shown. */
int columns_of(uint32_t scalar);

#endif
