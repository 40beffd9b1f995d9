// A stand-in for the API that answers without looking: gqlserver [-p PORT] [-d MILLISECONDS] [-u USERS.json]
//
// It says how fast a client can be, not whether the client is right. One thread, epoll, HTTP/1.1 with connections kept
// open, 127.0.0.1 only. The port (0, the default, takes a free one) is printed once the server listens; -d delays each
// answer; -u is the answer to listUsers. Requests without X-API-KEY and X-API-SECRET get 401.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

typedef struct connection {
    int file;            // -1 when closed
    unsigned generation; // counts the clients that had this structure, so that a late timer finds out
    char *in;
    size_t in_length, in_capacity;
    bool answering; // one request at a time: what the client sent after it waits in `in`
    bool close_after;
    bool waits_for_room; // the socket's buffer was full
    char head[512];      // the answer's head, and its body if that is short
    size_t head_length, head_sent;
    const char *body;
    size_t body_length, body_sent;
    struct connection *next_free;
} connection;

typedef struct {
    connection *client;
    unsigned generation;
    long long due;
} timer;

typedef struct {
    size_t head_length, body_length; // both 0 while the request is not complete
    bool authorized, wants_close, wants_continue;
} request;

// All answers wait equally long, so the timers are a queue. One waits for each connection at most.
enum { TIMERS = 1 << 16, EVENTS = 256 };
static timer timers[TIMERS];
static size_t first_timer, end_of_timers;

static int events_file;
static long long delay_microseconds;
static const char *users;
static size_t users_length;
static connection *free_connections;
static volatile sig_atomic_t stopped;

static void stop(int signal_number) {
    (void)signal_number;
    stopped = 1;
}

static void *checked(void *memory) {
    if (!memory) {
        perror("memory");
        exit(71);
    }
    return memory;
}

static long long microseconds_now(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000000LL + now.tv_nsec / 1000;
}

// Connections

static void close_connection(connection *client) {
    close(client->file);
    client->file = -1;
    client->generation++;
    client->next_free = free_connections;
    free_connections = client;
}

static void wait_for_room(connection *client, bool wanted) {
    if (client->waits_for_room == wanted) return;
    client->waits_for_room = wanted;
    struct epoll_event event = {.events = EPOLLIN | (wanted ? EPOLLOUT : 0), .data.ptr = client};
    epoll_ctl(events_file, EPOLL_CTL_MOD, client->file, &event);
}

static void accept_all(int listener) {
    int file;
    while ((file = accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC)) >= 0) {
        int yes = 1;
        setsockopt(file, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
        connection *client = free_connections;
        if (client) {
            free_connections = client->next_free;
        } else {
            client = checked(calloc(1, sizeof *client));
            client->in_capacity = 8192;
            client->in = checked(malloc(client->in_capacity));
        }
        client->file = file;
        client->in_length = 0;
        client->answering = client->waits_for_room = false;
        struct epoll_event event = {.events = EPOLLIN, .data.ptr = client};
        epoll_ctl(events_file, EPOLL_CTL_ADD, file, &event);
    }
}

// Answers

#define HEADERS "Content-Type: application/json\r\nContent-Length: %zu\r\n\r\n"

static void answer(connection *client, const char *status, const char *body) {
    client->head_length = (size_t)snprintf(client->head, sizeof client->head, "HTTP/1.1 %s\r\n" HEADERS "%s", status,
                                           strlen(body), body);
    client->body_length = 0;
}

static void answer_with_users(connection *client) {
    client->head_length =
        (size_t)snprintf(client->head, sizeof client->head, "HTTP/1.1 200 OK\r\n" HEADERS, users_length);
    client->body = users;
    client->body_length = users_length;
}

static void choose_answer(connection *client, bool authorized, const char *body, size_t length) {
    client->head_sent = client->body_sent = 0;
    if (!authorized)
        answer(client, "401 Unauthorized", "{\"errors\":[{\"message\":\"unauthorized\"}]}");
    else if (memmem(body, length, "inviteUser", 10))
        answer(client, "200 OK", "{\"data\":{\"inviteUser\":{\"ok\":true}}}");
    else if (users && memmem(body, length, "listUsers", 9))
        answer_with_users(client);
    else
        answer(client, "200 OK", "{\"errors\":[{\"message\":\"Cannot query field\"}]}");
}

// Sends what the socket takes. True when the whole answer is on its way and the connection is still open.
static bool send_answer(connection *client) {
    while (client->head_sent < client->head_length || client->body_sent < client->body_length) {
        struct iovec parts[] = {
            {client->head + client->head_sent, client->head_length - client->head_sent},
            {(char *)client->body + client->body_sent, client->body_length - client->body_sent},
        };
        struct msghdr message = {.msg_iov = parts, .msg_iovlen = client->body_length ? 2 : 1};
        ssize_t sent = sendmsg(client->file, &message, MSG_NOSIGNAL);
        if (sent < 0) {
            if (errno == EAGAIN) wait_for_room(client, true);
            else close_connection(client);
            return false;
        }
        size_t of_head = (size_t)sent < parts[0].iov_len ? (size_t)sent : parts[0].iov_len;
        client->head_sent += of_head;
        client->body_sent += (size_t)sent - of_head;
    }
    client->answering = false;
    wait_for_room(client, false);
    if (client->close_after) {
        close_connection(client);
        return false;
    }
    return true;
}

// Requests

static bool begins_with(const char *line, const char *name) { return !strncasecmp(line, name, strlen(name)); }

static request parse(const connection *client) {
    request found = {0};
    const char *end = memmem(client->in, client->in_length, "\r\n\r\n", 4);
    if (!end) return found;
    bool key = false, secret = false;
    for (const char *line = client->in; line < end;) {
        if (begins_with(line, "content-length:")) found.body_length = strtoul(line + 15, NULL, 10);
        else if (begins_with(line, "connection: close")) found.wants_close = true;
        else if (begins_with(line, "expect: 100")) found.wants_continue = true;
        else if (begins_with(line, "x-api-key:")) key = true;
        else if (begins_with(line, "x-api-secret:")) secret = true;
        line = (const char *)memchr(line, '\n', (size_t)(end + 4 - line)) + 1;
    }
    found.head_length = (size_t)(end - client->in) + 4;
    found.authorized = key && secret;
    return found;
}

static void make_room(connection *client, size_t length) {
    if (length <= client->in_capacity) return;
    client->in_capacity = length * 2;
    client->in = checked(realloc(client->in, client->in_capacity));
}

// Answers the requests that have arrived, one after the other, as far as that goes without waiting.
static void serve(connection *client) {
    while (client->file >= 0 && !client->answering && client->in_length) {
        request next = parse(client);
        size_t length = next.head_length + next.body_length;
        if (!next.head_length) return;
        if (client->in_length < length) {
            make_room(client, length);
            if (next.wants_continue && client->in_length == next.head_length &&
                send(client->file, "HTTP/1.1 100 Continue\r\n\r\n", 25, MSG_NOSIGNAL) < 0)
                close_connection(client);
            return;
        }
        client->answering = true;
        client->close_after = next.wants_close;
        choose_answer(client, next.authorized, client->in + next.head_length, next.body_length);
        client->in_length -= length;
        memmove(client->in, client->in + length, client->in_length);
        if (delay_microseconds) {
            timers[end_of_timers++ % TIMERS] =
                (timer){client, client->generation, microseconds_now() + delay_microseconds};
            return;
        }
        if (!send_answer(client)) return;
    }
}

static void receive(connection *client) {
    make_room(client, client->in_length + 4096);
    ssize_t length = read(client->file, client->in + client->in_length, client->in_capacity - client->in_length);
    if (length < 0 && errno == EAGAIN) return;
    if (length <= 0) {
        close_connection(client);
        return;
    }
    client->in_length += (size_t)length;
    serve(client);
}

static void send_what_is_due(void) {
    long long now = microseconds_now();
    while (first_timer != end_of_timers && timers[first_timer % TIMERS].due <= now) {
        timer due = timers[first_timer++ % TIMERS];
        if (due.client->generation == due.generation && send_answer(due.client)) serve(due.client);
    }
}

// The server

static int listen_on(unsigned short port) {
    int file = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0), yes = 1;
    setsockopt(file, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    struct sockaddr_in address = {
        .sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t length = sizeof address;
    if (bind(file, (struct sockaddr *)&address, length) || listen(file, 4096) ||
        getsockname(file, (struct sockaddr *)&address, &length)) {
        perror("listen");
        exit(69);
    }
    printf("%d\n", ntohs(address.sin_port));
    fflush(stdout);
    return file;
}

static void map_users(const char *path) {
    int file = open(path, O_RDONLY | O_CLOEXEC);
    struct stat state;
    if (file < 0 || fstat(file, &state)) {
        perror(path);
        exit(66);
    }
    users_length = (size_t)state.st_size;
    users = mmap(NULL, users_length, PROT_READ, MAP_PRIVATE | MAP_POPULATE, file, 0);
    if (users == MAP_FAILED) {
        perror(path);
        exit(66);
    }
    close(file);
}

static int wait_for_events(struct epoll_event *events) {
    if (first_timer == end_of_timers) return epoll_pwait2(events_file, events, EVENTS, NULL, NULL);
    long long left = timers[first_timer % TIMERS].due - microseconds_now();
    if (left < 0) left = 0;
    struct timespec timeout = {left / 1000000, left % 1000000 * 1000};
    return epoll_pwait2(events_file, events, EVENTS, &timeout, NULL);
}

int main(int argc, char **argv) {
    int port = 0, option;
    while ((option = getopt(argc, argv, "p:d:u:")) != -1) {
        if (option == 'p') port = atoi(optarg);
        else if (option == 'd') delay_microseconds = atoi(optarg) * 1000LL;
        else if (option == 'u') map_users(optarg);
        else return 64;
    }
    signal(SIGTERM, stop);
    signal(SIGINT, stop);
    int listener = listen_on((unsigned short)port);
    events_file = epoll_create1(EPOLL_CLOEXEC);
    struct epoll_event listening = {.events = EPOLLIN, .data.ptr = NULL};
    epoll_ctl(events_file, EPOLL_CTL_ADD, listener, &listening);

    while (!stopped) {
        struct epoll_event events[EVENTS];
        int count = wait_for_events(events);
        if (count < 0 && errno != EINTR) {
            perror("epoll");
            return 71;
        }
        for (int i = 0; i < count; i++) {
            connection *client = events[i].data.ptr;
            if (!client) {
                accept_all(listener);
                continue;
            }
            if (client->file >= 0 && events[i].events & EPOLLOUT && client->answering && send_answer(client))
                serve(client);
            if (client->file >= 0 && events[i].events & (EPOLLIN | EPOLLHUP | EPOLLERR)) receive(client);
        }
        send_what_is_due();
    }
    return 0;
}
