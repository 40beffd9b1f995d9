#include "process.h"

#include <signal.h>
#include <stddef.h>
// Defines __GLIBC__.
#include <stdlib.h>

#ifdef __GLIBC__
#include <malloc.h>
#endif

void process_keep_memory_small(void) {
#ifdef __GLIBC__
    mallopt(M_ARENA_MAX, 2);
    mallopt(M_MMAP_THRESHOLD, 128 << 10);
#endif
}

bool process_ignores(int signal) {
    struct sigaction action;
    return sigaction(signal, NULL, &action) == 0 && !(action.sa_flags & SA_SIGINFO) && action.sa_handler == SIG_IGN;
}
