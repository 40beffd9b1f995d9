/* Parses a JSON text with simdjson, and passes it on piece by piece. */
#ifndef ROLLCALL_JSON_DOCUMENT_H
#define ROLLCALL_JSON_DOCUMENT_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The pieces, in the order of the text. An array or an object is followed by its contents and json_end; the value of a
   member is preceded by its json_name. */
typedef enum {
    json_null = 0,
    json_false,
    json_true,
    /* A number without fraction and exponent that fits into a signed 64-bit integer. */
    json_integer,
    /* Every other number. */
    json_number,
    json_string,
    json_array,
    json_object,
    json_name,
    json_end
} json_kind;

/* One piece. The text of a string or a name is UTF-8 without escapes, not terminated, and valid until the callback
   returns. */
typedef struct {
    json_kind kind;
    const char *text;
    size_t count;
    double number;
    int64_t integer;
} json_piece;

/* How the reading ended. */
typedef enum {
    json_ok = 0,
    /* Not valid JSON (RFC 8259), or followed by other text. */
    json_invalid,
    /* Arrays and objects are nested deeper than json_depth. */
    json_too_deep,
    json_no_memory
} json_result;

/* The maximum depth; responses of a GraphQL API have about ten levels. */
enum { json_depth = 128 };

/* The number of bytes after the end of a text that the parser may read. */
enum { json_room = 64 };

/* Reads a text. No piece is passed on unless the whole text is valid; numbers beyond the range of 64 bits are invalid.
   json_room bytes after the end are read but ignored. */
json_result json_read(
    const char *json, size_t count, void *context, void (*found)(void *context, const json_piece *piece));

#ifdef __cplusplus
}
#endif

#endif
