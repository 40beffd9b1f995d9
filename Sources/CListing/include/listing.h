/* Reads the accounts in a response of listUsers one by one with simdjson. */
#ifndef ROLLCALL_LISTING_H
#define ROLLCALL_LISTING_H

#include "json_document.h"

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Text in UTF-8, not terminated. Text without escapes is part of the response; other text is valid until the callback
   returns. */
typedef struct {
    const char *start;
    size_t count;
} listing_text;

/* The callbacks for each account. The four texts of a user are uid, email, name and account type; the three of an
   invitation are email, account type and status. */
typedef struct {
    void *context;
    void (*user)(void *context, const listing_text texts[4]);
    void (*invite)(void *context, const listing_text texts[3]);
} listing_handler;

/* How the reading ended. */
typedef enum {
    /* All accounts were passed on. */
    listing_ok = 0,
    /* Malformed or incomplete JSON. */
    listing_not_json = 1,
    /* A member is missing. */
    listing_missing = 2,
    /* A member is null. */
    listing_null = 3,
    /* A member has the wrong type. */
    listing_type = 4,
    /* The member ok is false. */
    listing_not_ok = 5,
    /* A member occurs twice, so its value is ambiguous. */
    listing_twice = 6,
    /* A text has the character U+0000. */
    listing_nul = 7,
    /* An identifier has another control character. */
    listing_control = 8,
    /* Arrays and objects are nested too deep. */
    listing_too_deep = 9,
    listing_no_memory = 10
} listing_end;

/* The result of reading. */
typedef struct {
    listing_end end;
    /* The member errors, as part of the response, unless it is null; empty if there is none, or if the response is not
       JSON. */
    listing_text errors;
    /* The path of the fault, as in data.listUsers.activeUsers[3].email; terminated. */
    char path[256];
} listing_result;

/* Reads a response. The accounts that were passed on are valid only if the end is listing_ok: then the whole response
   is valid JSON (RFC 8259), no deeper than json_depth. json_room bytes after the end are read but ignored. */
listing_result listing_read(const char *json, size_t count, listing_handler handler);

/* Whether the response to a mutation is exactly {"data": {FIELD: {"ok": true}}}. Other responses may still mean
   success. json_room bytes after the end are read but ignored. */
int listing_is_done(const char *json, size_t count, const char *field);

#ifdef __cplusplus
}
#endif

#endif
