/// What this program was built from. Swift has neither a macro for the date nor a constant that the manifest can set.
#ifndef BUILD_H
#define BUILD_H

/// The commit, in 40 hexadecimal digits; empty for a debug build or without git.
const char *build_commit(void);

/// The day, such as "Nov 28 2026"; with SOURCE_DATE_EPOCH set, that of the source.
const char *build_date(void);

#endif
