/* The width of characters on a terminal. */
#ifndef ROLLCALL_COLUMNS_H
#define ROLLCALL_COLUMNS_H

#include <stdint.h>

/* The number of columns of a Unicode scalar: 2 for an ideograph, 0 for a combining accent, and for what cannot be
   shown. */
int columns_of(uint32_t scalar);

#endif
