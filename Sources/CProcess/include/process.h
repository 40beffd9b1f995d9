#ifndef ROLLCALL_PROCESS_H
#define ROLLCALL_PROCESS_H

#include <stdbool.h>

/// Has the C library's allocator keep few bytes in reserve. For the beginning of the process.
///
/// An arena for every thread, and thresholds that grow with what was freed, are worth 2 MB to a run of ten thousand rows
/// and no measurable time. Other C libraries than glibc are left as they are.
void process_keep_memory_small(void);

/// Whether a signal is ignored. Asked before a handler is installed, it says whether the caller of the program ignores
/// it (nohup, trap '' INT): exec() resets handlers and keeps what is ignored.
bool process_ignores(int signal);

#endif
