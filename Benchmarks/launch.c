// Runs one command and writes what it took: launch USAGE COMMAND [ARGUMENT…]
//
// USAGE gets one line: wait status, wall, user and system time in microseconds, peak resident memory in KiB.
//
// Linux counts the memory of the process that forks as the child's until the child becomes another program, so the
// parent's size is the least peak that can be measured. This parent is small, the driver, in Python, is not.
#define _GNU_SOURCE
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static long long microseconds_now(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000000LL + now.tv_nsec / 1000;
}

static long long microseconds(struct timeval time) { return time.tv_sec * 1000000LL + time.tv_usec; }

int main(int argc, char **argv) {
    if (argc < 3) {
        fprintf(stderr, "usage: launch USAGE COMMAND [ARGUMENT...]\n");
        return 64;
    }
    long long start = microseconds_now();
    pid_t child = fork();
    if (child < 0) {
        perror("fork");
        return 71;
    }
    if (child == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL); // who ends the launcher ends the command with it
        execvp(argv[2], argv + 2);
        perror(argv[2]);
        _exit(127);
    }
    int status;
    struct rusage usage;
    if (wait4(child, &status, 0, &usage) < 0) {
        perror("wait4");
        return 71;
    }
    long long wall = microseconds_now() - start;
    FILE *out = fopen(argv[1], "w");
    if (!out) {
        perror(argv[1]);
        return 73;
    }
    fprintf(out, "%d %lld %lld %lld %ld\n", status, wall, microseconds(usage.ru_utime), microseconds(usage.ru_stime),
            usage.ru_maxrss);
    fclose(out);
    return 0;
}
