/* For RTLD_NEXT. */
#define _GNU_SOURCE
#include "faults.h"

#include <dlfcn.h>
#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

/* libcurl's header would make macros of some of these names. */
enum { bad_option = 48, bad_multi_option = 6, failed_init = 2, timeout_option = 155, url_option = 10002 };

static _Thread_local int calls_left, has_failed;
static _Thread_local unsigned version;
static atomic_long rejected_timeout;

void faults_fail_set_up(int n) { calls_left = n, has_failed = 0; }
int faults_has_failed(void) { return has_failed; }
void faults_reject_timeout(long milliseconds) { rejected_timeout = milliseconds; }
void faults_version(unsigned number) { version = number; }

static int fails(void) {
    if (calls_left == 0 || --calls_left > 0) return 0;
    return has_failed = 1;
}

/* The handles whose requests go to one port, and how many of their calls are left until one fails. */
enum { most_handles = 64 };
static pthread_mutex_t order = PTHREAD_MUTEX_INITIALIZER;
static struct {
    const void *easy;
    int port;
} handles[most_handles];
static int failing_port, request_calls_left, request_has_failed;

void faults_fail_request(int port, int n) {
    pthread_mutex_lock(&order);
    failing_port = port, request_calls_left = n, request_has_failed = 0;
    pthread_mutex_unlock(&order);
}

int faults_request_has_failed(void) {
    pthread_mutex_lock(&order);
    int failed = request_has_failed;
    pthread_mutex_unlock(&order);
    return failed;
}

/* Notes which port a handle's requests go to; a handle that was freed may come again. */
static void note_address(const void *easy, const char *url) {
    const char *colon = strrchr(url, ':');
    int free = -1;
    pthread_mutex_lock(&order);
    for (int index = 0; index < most_handles; index++) {
        if (handles[index].easy == easy || (free < 0 && !handles[index].easy)) free = index;
        if (handles[index].easy == easy) break;
    }
    /* Beyond the last place nothing fails, which the test that asked for it sees. */
    if (free >= 0) handles[free].easy = easy, handles[free].port = colon ? atoi(colon + 1) : 0;
    pthread_mutex_unlock(&order);
}

static void forget(const void *easy) {
    pthread_mutex_lock(&order);
    for (int index = 0; index < most_handles; index++)
        if (handles[index].easy == easy) handles[index].easy = NULL;
    pthread_mutex_unlock(&order);
}

static int request_fails(const void *easy) {
    int fails = 0;
    pthread_mutex_lock(&order);
    for (int index = 0; index < most_handles && request_calls_left > 0; index++)
        if (handles[index].easy == easy && handles[index].port == failing_port && --request_calls_left == 0)
            fails = request_has_failed = 1;
    pthread_mutex_unlock(&order);
    return fails;
}

#define NEXT(function) static typeof(function) *next; if (!next) next = (typeof(function) *)dlsym(RTLD_NEXT, #function)

int curl_global_init(long flags);
int curl_easy_setopt(void *easy, int option, ...);
int curl_multi_setopt(void *multi, int option, ...);
void *curl_slist_append(void *list, const char *text);
void *curl_multi_init(void);
int curl_multi_add_handle(void *multi, void *easy);
void curl_easy_cleanup(void *easy);
void *curl_easy_init(void);
void *curl_version_info(int age);

int curl_global_init(long flags) {
    NEXT(curl_global_init);
    return fails() ? failed_init : next(flags);
}

/* Every value that an option may have is one register wide. */
int curl_easy_setopt(void *easy, int option, ...) {
    NEXT(curl_easy_setopt);
    va_list values;
    va_start(values, option);
    void *value = va_arg(values, void *);
    va_end(values);
    if (option == timeout_option && value && (long)value == rejected_timeout) return bad_option;
    if (fails() || request_fails(easy)) return bad_option;
    if (option == url_option && value) note_address(easy, value);
    return next(easy, option, value);
}

int curl_multi_setopt(void *multi, int option, ...) {
    NEXT(curl_multi_setopt);
    va_list values;
    va_start(values, option);
    void *value = va_arg(values, void *);
    va_end(values);
    return fails() ? bad_multi_option : next(multi, option, value);
}

int curl_multi_add_handle(void *multi, void *easy) {
    NEXT(curl_multi_add_handle);
    return request_fails(easy) ? bad_multi_option : next(multi, easy);
}

void curl_easy_cleanup(void *easy) {
    NEXT(curl_easy_cleanup);
    forget(easy);
    next(easy);
}

char *strdup(const char *text) {
    NEXT(strdup);
    return fails() ? NULL : next(text);
}

void *curl_slist_append(void *list, const char *text) {
    NEXT(curl_slist_append);
    return fails() ? NULL : next(list, text);
}

void *curl_multi_init(void) {
    NEXT(curl_multi_init);
    return fails() ? NULL : next();
}

void *curl_easy_init(void) {
    NEXT(curl_easy_init);
    return fails() ? NULL : next();
}

void *curl_version_info(int age) {
    NEXT(curl_version_info);
    if (!version) return next(age);
    /* The beginning of curl_version_info_data, which is what everybody reads first. */
    struct start {
        int age;
        const char *version;
        unsigned number;
    };
    static _Thread_local char copy[512];
    memcpy(copy, next(age), sizeof(struct start) + 64);
    ((struct start *)copy)->number = version;
    return copy;
}

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static int slow_lookups, blocked, blocked_so_far, is_released;

static void block(int is_slow_name) {
    struct timespec end;
    clock_gettime(CLOCK_REALTIME, &end);
    end.tv_sec += 60;
    pthread_mutex_lock(&lock);
    if (!is_slow_name || slow_lookups++ == 0) {
        blocked++, blocked_so_far++;
        while (!is_released && pthread_cond_timedwait(&changed, &lock, &end) == 0) {}
        blocked--;
    }
    pthread_mutex_unlock(&lock);
}

void faults_release_lookups(void) {
    pthread_mutex_lock(&lock);
    is_released = 1;
    pthread_cond_broadcast(&changed);
    pthread_mutex_unlock(&lock);
}

int faults_blocked_lookups(void) {
    pthread_mutex_lock(&lock);
    int now = blocked;
    pthread_mutex_unlock(&lock);
    return now;
}

int faults_lookups_so_far(void) {
    pthread_mutex_lock(&lock);
    int so_far = blocked_so_far;
    pthread_mutex_unlock(&lock);
    return so_far;
}

int getaddrinfo(const char *name, const char *service, const struct addrinfo *hints, struct addrinfo **found) {
    NEXT(getaddrinfo);
    int is_slow_name = name && strcmp(name, faults_slow_name) == 0;
    if (!is_slow_name && (!name || strcmp(name, faults_stuck_name) != 0)) return next(name, service, hints, found);
    block(is_slow_name);
    return next("127.0.0.1", service, hints, found);
}

static atomic_int waiting_port;

void faults_wait_for_data(int port) { waiting_port = port; }

ssize_t recv(int descriptor, void *bytes, size_t count, int flags) {
    NEXT(recv);
    struct sockaddr_in peer;
    socklen_t size = sizeof peer;
    if (waiting_port && (flags & MSG_PEEK) && (flags & MSG_DONTWAIT)
        && getpeername(descriptor, (struct sockaddr *)&peer, &size) == 0 && ntohs(peer.sin_port) == waiting_port)
        poll(&(struct pollfd){.fd = descriptor, .events = POLLIN}, 1, 1000);
    return next(descriptor, bytes, count, flags);
}
