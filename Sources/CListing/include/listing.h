/* The people in an answer of listUsers, handed out one by one as simdjson finds them. */
#ifndef ROLLCALL_LISTING_H
#define ROLLCALL_LISTING_H

#include "json_document.h"

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Text as UTF-8, not terminated. Without an escape it lies within the answer itself; otherwise it lives until the callback
   returns. */
typedef struct {
    const char *start;
    size_t count;
} listing_text;

/* What is called for each person. The four texts of a user are uid, email, name and account type; the three of an
   invite are email, account type and status. */
typedef struct {
    void *context;
    void (*user)(void *context, const listing_text texts[4]);
    void (*invite)(void *context, const listing_text texts[3]);
} listing_handler;

/* How the reading ended. */
typedef enum {
    /* Everybody was handed out. */
    listing_ok = 0,
    /* The text is no JSON, wherever in it, or was cut. */
    listing_not_json = 1,
    /* A member is missing. */
    listing_missing = 2,
    /* A member is null. */
    listing_null = 3,
    /* A member is of another type. */
    listing_type = 4,
    /* The member ok is false. */
    listing_not_ok = 5,
    /* A member comes twice: which of the two is meant, nobody knows. */
    listing_twice = 6,
    /* A text has the character U+0000. */
    listing_nul = 7,
    /* An identifier has another control character. */
    listing_control = 8,
    /* Arrays and objects are nested too deep. */
    listing_too_deep = 9,
    listing_no_memory = 10
} listing_end;

/* What else is known at the end. */
typedef struct {
    listing_end end;
    /* The member errors, where it lies in the answer, unless that is null; empty if there is none, or if the answer is no
       JSON. */
    listing_text errors;
    /* Where it is that something is wrong, as in data.listUsers.activeUsers[3].email; terminated. */
    char path[256];
} listing_result;

/* Reads an answer. What was handed out counts only if the end is listing_ok: then all of it is valid JSON (RFC 8259), no
   deeper than json_depth. json_room bytes behind the end are read, and not looked at. */
listing_result listing_read(const char *json, size_t count, listing_handler handler);

/* Whether an answer to a mutation is {"data": {FIELD: {"ok": true}}} and nothing else. What is not may still be good.
   json_room bytes behind the end are read, and not looked at. */
int listing_is_done(const char *json, size_t count, const char *field);

#ifdef __cplusplus
}
#endif

#endif
