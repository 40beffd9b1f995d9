#include "process.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <termios.h>
#include <unistd.h>
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

static const int ending[] = {SIGINT, SIGTERM, SIGHUP};
enum { endings = sizeof ending / sizeof *ending };

// Never closed: on another thread, a handler may still be about to write.
static int watched[2] = {-1, -1};

// write() is safe in a handler (POSIX, 2.4.3); errno belongs to the code that was interrupted.
static void pass_on(int signal) {
    int before = errno;
    unsigned char number = (unsigned char)signal;
    if (write(watched[1], &number, 1) < 0) {
    }
    errno = before;
}

int process_watch_signals(void) {
    if (watched[0] < 0) {
        if (pipe(watched) != 0) return -1;
        for (int i = 0; i < 2; i++) fcntl(watched[i], F_SETFD, FD_CLOEXEC);
        // A handler must not wait: signals that a full pipe has no room for change nothing.
        fcntl(watched[1], F_SETFL, O_NONBLOCK);
    }
    struct sigaction action = {.sa_handler = pass_on, .sa_flags = SA_RESTART};
    sigemptyset(&action.sa_mask);
    for (int i = 0; i < endings; i++) {
        if (!process_ignores(ending[i])) sigaction(ending[i], &action, NULL);
    }
    return watched[0];
}

void process_unwatch_signals(void) {
    for (int i = 0; i < endings; i++) {
        if (!process_ignores(ending[i])) signal(ending[i], SIG_DFL);
    }
    pass_on(0);
}

static int hidden = -1;
static struct termios shown_settings;
static struct sigaction earlier[endings];

// tcsetattr(), write() and _exit() are safe in a handler (POSIX, 2.4.3).
static void show_input_and_end(int signal) {
    (void)signal;
    tcsetattr(hidden, TCSANOW, &shown_settings);
    if (write(STDERR_FILENO, "\n", 1) < 0) {
    }
    _exit(130);
}

bool process_hide_input(int terminal) {
    if (tcgetattr(terminal, &shown_settings) != 0) return false;
    hidden = terminal;
    struct sigaction action = {.sa_handler = show_input_and_end};
    sigemptyset(&action.sa_mask);
    for (int i = 0; i < endings; i++) {
        if (process_ignores(ending[i])) {
            sigaction(ending[i], NULL, &earlier[i]);
        } else {
            sigaction(ending[i], &action, &earlier[i]);
        }
    }
    struct termios settings = shown_settings;
    settings.c_lflag &= ~(tcflag_t)ECHO;
    return tcsetattr(terminal, TCSAFLUSH, &settings) == 0;
}

void process_show_input(void) {
    if (hidden < 0) return;
    tcsetattr(hidden, TCSANOW, &shown_settings);
    for (int i = 0; i < endings; i++) sigaction(ending[i], &earlier[i], NULL);
    hidden = -1;
}
