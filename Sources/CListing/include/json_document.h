/* A JSON text, checked as a whole by simdjson and handed out piece by piece. */
#ifndef ROLLCALL_JSON_DOCUMENT_H
#define ROLLCALL_JSON_DOCUMENT_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* What is found, in the order of the text. An array or an object is followed by what is in it, and by json_end; the value
   of a member is preceded by its json_name. */
typedef enum {
    json_null = 0,
    json_false,
    json_true,
    /* A number without fraction and exponent that fits 64 bits with their sign. */
    json_integer,
    /* Every other number. */
    json_number,
    json_string,
    json_array,
    json_object,
    json_name,
    json_end
} json_kind;

/* One piece. The text of a string or a name is UTF-8 without escapes, not terminated, and lives until the callback
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
    /* Not JSON (RFC 8259), in whatever place, or with something behind it. */
    json_invalid,
    /* Arrays and objects are nested deeper than json_depth. */
    json_too_deep,
    json_no_memory
} json_result;

/* The deepest nesting that is read; answers of a GraphQL API have about ten levels. */
enum { json_depth = 128 };

/* How many bytes behind the end of a text the parser may read. */
enum { json_room = 64 };

/* Reads a text. Nothing is handed out unless all of it is valid; numbers beyond the range of 64 bits are not.
   json_room bytes behind the end are read, and not looked at. */
json_result json_read(
    const char *json, size_t count, void *context, void (*found)(void *context, const json_piece *piece));

#ifdef __cplusplus
}
#endif

#endif
