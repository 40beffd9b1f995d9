/* For RTLD_DEFAULT. */
#define _GNU_SOURCE
#include "courier.h"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <dlfcn.h>
#include <errno.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

/* Whether a connection can be used for a request, and if not, why. */
typedef enum { connection_is_clean = 0, connection_has_data, connection_is_closed, connection_is_unknown } cleanness;

/* A socket that libcurl opened. The addresses are read only when they are needed. */
typedef struct {
    int descriptor;
    /* Whether a request was sent on it, and whether it goes through a proxy. */
    int has_carried, is_tunnel;
    int local_port;
    char local[INET6_ADDRSTRLEN], remote[INET6_ADDRSTRLEN];
} connection;

/* One request in flight, with its libcurl handle; both are reused. */
typedef struct exchange {
    struct exchange *next, *previous;
    struct courier *courier;
    CURL *easy;
    courier_request request;
    char *payload;
    size_t payload_room;
    char *body;
    size_t body_count, body_room, body_stated;
    /* The number of bytes that were passed to take(). */
    size_t taken_count;
    char *head;
    size_t head_count, head_room;
    int is_head_whole;
    int began, is_tunnel;
    /* Why begin() rejected the connection before the request was sent; whether this is the second connection. */
    cleanness refusal;
    int is_fresh;
    int is_too_long;
    int is_not_taken;
    int is_cut;
    /* Whether the message is about an option that libcurl rejected. */
    int has_problem;
    char message[CURL_ERROR_SIZE];
} exchange;

struct courier {
    CURLM *multi;
    pthread_t thread;
    pthread_mutex_t lock;
    /* Protected by the lock: posted requests that have not begun, in order; and unused handles. */
    exchange *first, *last, *spare;
    int is_asleep, is_closing;
    /* Used only by the thread: requests in flight, and open sockets. */
    exchange *live;
    connection *sockets;
    size_t socket_count, socket_room;
    int is_tls, is_openssl;
    /* The certificate of the newest connection: libcurl keeps it only for the request that opened the connection. */
    char *certificate;
    /* Functions of the TLS library that libcurl uses, which report unread bytes; null for other libraries. */
    int (*openssl_has_pending)(const void *);
    size_t (*gnutls_pending)(void *);
    char *url, *proxy, *no_proxy, *proxy_user, *proxy_password, *certificates, *certificate_folder;
    struct curl_slist *headers;
    long idle_seconds;
    void (*log)(void *, const char *, size_t);
    void *context;
};

/* The maximum length of the header lines; the rest is dropped. */
static const size_t head_limit = 64 * 1024;

static int grow(char **bytes, size_t *room, size_t wanted) {
    if (wanted <= *room) return 1;
    size_t more = *room + *room / 2;
    if (more < wanted) more = wanted;
    char *grown = realloc(*bytes, more);
    if (!grown) return 0;
    *bytes = grown;
    *room = more;
    return 1;
}

static void note_problem(char *problem, size_t room, const char *option, const char *purpose, const char *error) {
    if (problem) snprintf(problem, room, "libcurl rejected a setting: %s (%s): %s", purpose, option, error);
}

/* Sets one option. A rejected option is an error: without it, the request would be sent with less protection than
   intended, and nobody would notice. */
#define SET(easy, option, value, purpose)                                                              \
    do {                                                                                               \
        CURLcode code = curl_easy_setopt(easy, option, value);                                         \
        if (code != CURLE_OK) {                                                                        \
            note_problem(problem, room, #option, purpose, curl_easy_strerror(code));                   \
            return 0;                                                                                  \
        }                                                                                              \
    } while (0)

#define SET_MULTI(multi, option, value, purpose)                                                       \
    do {                                                                                               \
        CURLMcode code = curl_multi_setopt(multi, option, value);                                      \
        if (code != CURLM_OK) {                                                                        \
            note_problem(problem, room, #option, purpose, curl_multi_strerror(code));                  \
            return 0;                                                                                  \
        }                                                                                              \
    } while (0)

/* libcurl calls this for each socket that it opens, before it connects. */
static int opened(void *context, curl_socket_t descriptor, curlsocktype purpose) {
    (void)purpose;
    courier *courier = context;
    connection *found = NULL;
    /* libcurl closes a socket that did not connect without calling closed(); its number is used again. */
    for (size_t index = 0; index < courier->socket_count; index++)
        if (courier->sockets[index].descriptor == descriptor) found = &courier->sockets[index];
    if (!found) {
        size_t wanted = (courier->socket_count + 1) * sizeof *found;
        if (!grow((char **)&courier->sockets, &courier->socket_room, wanted)) return CURL_SOCKOPT_ERROR;
        found = &courier->sockets[courier->socket_count++];
    }
    *found = (connection){.descriptor = descriptor};
    return CURL_SOCKOPT_OK;
}

static int closed(void *context, curl_socket_t descriptor) {
    courier *courier = context;
    for (size_t index = 0; index < courier->socket_count; index++)
        if (courier->sockets[index].descriptor == descriptor)
            courier->sockets[index] = courier->sockets[--courier->socket_count];
    return close(descriptor);
}

/* An address in the form in which libcurl passes it to begin(). */
static int spell(const struct sockaddr_storage *address, char text[INET6_ADDRSTRLEN], int *port) {
    if (address->ss_family == AF_INET) {
        const struct sockaddr_in *four = (const struct sockaddr_in *)address;
        *port = ntohs(four->sin_port);
        return inet_ntop(AF_INET, &four->sin_addr, text, INET6_ADDRSTRLEN) != NULL;
    }
    if (address->ss_family == AF_INET6) {
        const struct sockaddr_in6 *six = (const struct sockaddr_in6 *)address;
        *port = ntohs(six->sin6_port);
        return inet_ntop(AF_INET6, &six->sin6_addr, text, INET6_ADDRSTRLEN) != NULL;
    }
    return 0;
}

static int describe(connection *connection) {
    struct sockaddr_storage local, remote;
    socklen_t local_size = sizeof local, remote_size = sizeof remote;
    int local_port = 0, remote_port = 0;
    if (connection->local_port) return 1;
    if (getsockname(connection->descriptor, (struct sockaddr *)&local, &local_size) != 0) return 0;
    if (getpeername(connection->descriptor, (struct sockaddr *)&remote, &remote_size) != 0) return 0;
    if (!spell(&local, connection->local, &local_port) || !spell(&remote, connection->remote, &remote_port)) return 0;
    connection->local_port = local_port;
    return 1;
}

/* The socket of a transfer. libcurl 7.88 reports only afterwards which one it was (CURLINFO_ACTIVESOCKET), so it is
   found by its addresses; null if they are not unique. */
static connection *socket_between(courier *courier, const char *local, int local_port, const char *remote) {
    connection *found = NULL;
    for (size_t index = 0; index < courier->socket_count; index++) {
        connection *each = &courier->sockets[index];
        if (!describe(each) || each->local_port != local_port) continue;
        if (strcmp(each->local, local) != 0 || strcmp(each->remote, remote) != 0) continue;
        if (found) return NULL;
        found = each;
    }
    return found;
}

/* Whether the TLS library has received bytes that libcurl has not read; -1 if that is not known. libcurl reads a body
   up to its stated length, so further bytes in the same TLS record are no longer in the socket. */
static int has_bytes_in_tls(const courier *courier, CURL *easy) {
    struct curl_tlssessioninfo *session = NULL;
    if (curl_easy_getinfo(easy, CURLINFO_TLS_SSL_PTR, &session) != CURLE_OK) return -1;
    if (!session || !session->internals) return -1;
    if (session->backend == CURLSSLBACKEND_OPENSSL && courier->openssl_has_pending)
        return courier->openssl_has_pending(session->internals) != 0;
    if (session->backend == CURLSSLBACKEND_GNUTLS && courier->gnutls_pending)
        return courier->gnutls_pending(session->internals) != 0;
    return -1;
}

/* Looks for bytes that arrived before the request was sent: they cannot be its response, but libcurl would read them
   as such (a late 408, a response that someone split). libcurl 7.88 accepts a connection with unread bytes. */
static cleanness look(exchange *exchange, connection *connection) {
    /* If the socket is not known, only a new connection is safe. */
    if (!connection) return exchange->is_fresh ? connection_is_clean : connection_is_unknown;
    char byte;
    ssize_t count;
    do count = recv(connection->descriptor, &byte, 1, MSG_PEEK | MSG_DONTWAIT);
    while (count < 0 && errno == EINTR);
    if (count == 0) return connection_is_closed;
    if (count < 0 && errno != EAGAIN && errno != EWOULDBLOCK) return connection_is_closed;
    const courier *courier = exchange->courier;
    /* The handshake may leave session tickets (RFC 8446 section 4.6.1), which are read before the first response. */
    if (courier->is_tls && !connection->has_carried) return connection_is_clean;
    if (count > 0) return connection_has_data;
    return courier->is_tls && has_bytes_in_tls(courier, exchange->easy) != 0 ? connection_has_data : connection_is_clean;
}

/* libcurl calls this before it sends a request on a connection. If a connection breaks before a response, libcurl
   would send the request again; the first one may have taken effect, so the second is refused.
   (libcurl 7.88, Curl_retry_request) */
static int begin(void *context, char *remote, char *local, int port, int local_port) {
    (void)port;
    exchange *exchange = context;
    if (exchange->began) return CURL_PREREQFUNC_ABORT;
    connection *connection = socket_between(exchange->courier, local, local_port, remote);
    exchange->refusal = look(exchange, connection);
    if (exchange->refusal != connection_is_clean) return CURL_PREREQFUNC_ABORT;
    /* The proxy responds to CONNECT once for each connection; later requests on it get no such response. */
    long status = 0;
    curl_easy_getinfo(exchange->easy, CURLINFO_HTTP_CONNECTCODE, &status);
    exchange->is_tunnel = status != 0 || (connection && connection->is_tunnel);
    if (connection) {
        connection->has_carried = 1;
        connection->is_tunnel = exchange->is_tunnel;
    }
    exchange->began = 1;
    return CURL_PREREQFUNC_OK;
}

static size_t take_head(char *bytes, size_t one, size_t count, void *context) {
    exchange *exchange = context;
    count *= one;
    /* There are several heads after 100 Continue, and after the response of a proxy to CONNECT. */
    if (count >= 5 && memcmp(bytes, "HTTP/", 5) == 0) exchange->head_count = exchange->is_head_whole = 0;
    /* Trailers after a chunked body are not part of the head (RFC 9110 section 6.5.1). */
    if (exchange->is_head_whole) return count;
    if (count && count <= 2 && bytes[count - 1] == '\n') exchange->is_head_whole = 1;
    if (exchange->head_count + count > head_limit) return count;
    if (!grow(&exchange->head, &exchange->head_room, exchange->head_count + count)) return 0;
    memcpy(exchange->head + exchange->head_count, bytes, count);
    exchange->head_count += count;
    return count;
}

static size_t take_body(char *bytes, size_t one, size_t count, void *context) {
    exchange *exchange = context;
    const courier_request *request = &exchange->request;
    count *= one;
    long status = 0;
    curl_easy_getinfo(exchange->easy, CURLINFO_RESPONSE_CODE, &status);
    int is_success = status >= 200 && status < 300;
    size_t wanted = exchange->body_count + exchange->taken_count + count;
    if (is_success && exchange->body_count + exchange->taken_count == 0) {
        curl_off_t stated = -1;
        curl_easy_getinfo(exchange->easy, CURLINFO_CONTENT_LENGTH_DOWNLOAD_T, &stated);
        exchange->body_stated = stated > 0 ? (size_t)stated : 0;
        if (exchange->body_stated > wanted) wanted = exchange->body_stated;
    }
    if (is_success && wanted > request->limit) {
        exchange->is_too_long = 1;
        return 0;
    }
    if (is_success && request->take) {
        if (!request->take(request->context, bytes, count)) {
            exchange->is_not_taken = 1;
            return 0;
        }
        exchange->taken_count += count;
        if (request->received) request->received(request->context, exchange->taken_count, exchange->body_stated);
        return count;
    }
    /* The head is appended to the body later; reserving its room now saves a second allocation. */
    if (!grow(&exchange->body, &exchange->body_room, wanted + courier_padding + exchange->head_count)) return 0;
    memcpy(exchange->body + exchange->body_count, bytes, count);
    exchange->body_count += count;
    if (is_success && request->received) request->received(request->context, exchange->body_count, exchange->body_stated);
    if (!is_success && exchange->body_count > request->error_limit) {
        exchange->is_cut = 1;
        return 0;
    }
    return count;
}

static int tell(CURL *easy, curl_infotype type, char *text, size_t count, void *context) {
    (void)easy;
    struct courier *courier = context;
    /* Headers and bodies contain secrets and personal data. */
    if (type != CURLINFO_TEXT) return 0;
    while (count && (text[count - 1] == '\n' || text[count - 1] == '\r')) count--;
    if (count) courier->log(courier->context, text, count);
    return 0;
}

static void free_exchange(exchange *exchange) {
    curl_easy_cleanup(exchange->easy);
    free(exchange->payload);
    free(exchange->body);
    free(exchange->head);
    free(exchange);
}

/* Sets the options that are the same for each request. */
static int set_up(exchange *exchange, char *problem, size_t room) {
    CURL *easy = exchange->easy;
    courier *courier = exchange->courier;
    SET(easy, CURLOPT_SSL_VERIFYPEER, 1L, "verify the server's certificate");
    SET(easy, CURLOPT_SSL_VERIFYHOST, 2L, "verify that the certificate is for this host");
    SET(easy, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2, "require TLS 1.2 or later");
    if (courier->certificates || courier->certificate_folder) {
        /* libcurl trusts the system's file and folder, so both must be replaced. */
        SET(easy, CURLOPT_CAINFO, courier->certificates, "trust the certificates in SSL_CERT_FILE");
        SET(easy, CURLOPT_CAPATH, courier->certificate_folder, "trust the certificates in SSL_CERT_DIR");
    }
    if (courier->is_tls) SET(easy, CURLOPT_CERTINFO, 1L, "read the hosts of a certificate");
    SET(easy, CURLOPT_PREREQFUNCTION, begin, "send each request only once");
    SET(easy, CURLOPT_PREREQDATA, exchange, "send each request only once");
    SET(easy, CURLOPT_SOCKOPTFUNCTION, opened, "watch idle connections");
    SET(easy, CURLOPT_SOCKOPTDATA, courier, "watch idle connections");
    SET(easy, CURLOPT_CLOSESOCKETFUNCTION, closed, "watch idle connections");
    SET(easy, CURLOPT_CLOSESOCKETDATA, courier, "watch idle connections");
    SET(easy, CURLOPT_PROTOCOLS_STR, "http,https", "allow only HTTP and HTTPS");
    SET(easy, CURLOPT_FOLLOWLOCATION, 0L, "do not follow redirects");
    SET(easy, CURLOPT_URL, courier->url, "send to the endpoint");
    SET(easy, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1, "use HTTP/1.1");
    SET(easy, CURLOPT_HTTPHEADER, courier->headers, "send the headers");
    SET(easy, CURLOPT_POST, 1L, "send a POST request");
    SET(easy, CURLOPT_NOSIGNAL, 1L, "use no signals");
    SET(easy, CURLOPT_NETRC, (long)CURL_NETRC_IGNORED, "do not read credentials from .netrc");
    SET(easy, CURLOPT_MAXAGE_CONN, courier->idle_seconds, "close idle connections");
    /* Otherwise libcurl waits for a hanging lookup even after the timeout, and so do all other requests. */
    SET(easy, CURLOPT_QUICK_EXIT, 1L, "abandon a slow name lookup");
    /* An empty name prevents libcurl from reading the environment. */
    SET(easy, CURLOPT_PROXY, courier->proxy ? courier->proxy : "", "use the selected proxy, or none");
    SET(easy, CURLOPT_NOPROXY, courier->no_proxy ? courier->no_proxy : "", "bypass the proxy for some hosts");
    if (courier->proxy) SET(easy, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L, "suppress the headers of the proxy");
    if (courier->proxy_user) SET(easy, CURLOPT_PROXYUSERNAME, courier->proxy_user, "sign in to the proxy");
    if (courier->proxy_password) SET(easy, CURLOPT_PROXYPASSWORD, courier->proxy_password, "sign in to the proxy");
    SET(easy, CURLOPT_HEADERFUNCTION, take_head, "read the response headers");
    SET(easy, CURLOPT_HEADERDATA, exchange, "read the response headers");
    SET(easy, CURLOPT_WRITEFUNCTION, take_body, "read the response body");
    SET(easy, CURLOPT_WRITEDATA, exchange, "read the response body");
    SET(easy, CURLOPT_ERRORBUFFER, exchange->message, "report errors");
    SET(easy, CURLOPT_PRIVATE, exchange, "identify the request");
    if (courier->log) {
        SET(easy, CURLOPT_VERBOSE, 1L, "log connections");
        SET(easy, CURLOPT_DEBUGFUNCTION, tell, "log connections");
        SET(easy, CURLOPT_DEBUGDATA, courier, "log connections");
    }
    return 1;
}

/* Returns null if an option is rejected, which problem names, or if memory is exhausted; problem is then empty. */
static exchange *make_exchange(courier *courier, char *problem, size_t room) {
    exchange *made = calloc(1, sizeof *made);
    if (!made) return NULL;
    made->courier = courier;
    made->easy = curl_easy_init();
    if (made->easy && set_up(made, problem, room)) return made;
    free_exchange(made);
    return NULL;
}

/* Translates libcurl's code. */
static courier_end reason(exchange *exchange, CURLcode code) {
    long value = 0;
    if (exchange->has_problem) return courier_not_made;
    if (exchange->is_too_long) return courier_too_long;
    if (exchange->is_not_taken) return courier_not_taken;
    if (exchange->is_cut) return courier_answered;
    switch (code) {
    case CURLE_OK: return courier_answered;
    case CURLE_COULDNT_RESOLVE_HOST: return courier_no_name;
    case CURLE_COULDNT_RESOLVE_PROXY: return courier_no_proxy_name;
    case CURLE_COULDNT_CONNECT: return courier_no_connection;
    case CURLE_PROXY: return courier_proxy_refused;
    case CURLE_PEER_FAILED_VERIFICATION:
        /* libcurl reports the reason only as text; SSL_VERIFYRESULT is 1 if the chain was not checked. */
        return strstr(exchange->message, "target") ? courier_wrong_host : courier_untrusted;
    case CURLE_SSL_CONNECT_ERROR: return courier_no_tls;
    case CURLE_SSL_CACERT_BADFILE: return courier_no_certificates;
    case CURLE_OPERATION_TIMEDOUT: return courier_timed_out;
    case CURLE_ABORTED_BY_CALLBACK:
        /* begin() refused the second attempt: the connection was closed before the first byte of a response. */
        if (exchange->began) return courier_closed;
        if (exchange->refusal == connection_has_data) return courier_spoke_first;
        return exchange->refusal == connection_is_closed ? courier_closed_first : courier_not_made;
    case CURLE_GOT_NOTHING: return courier_closed;
    case CURLE_OUT_OF_MEMORY: return courier_not_made;
    default: break;
    }
    if (!exchange->began) {
        curl_easy_getinfo(exchange->easy, CURLINFO_HTTP_CONNECTCODE, &value);
        return value ? courier_proxy_refused : courier_no_tls;
    }
    /* For an established connection, libcurl reports the system's reason only as text. */
    return strstr(exchange->message, "reset by peer") ? courier_reset : courier_broken;
}

/* A field of the server's certificate, such as "Cert:"; null if libcurl did not keep it. */
static const char *certificate_field(exchange *exchange, const char *field) {
    struct curl_certinfo *chain = NULL;
    if (curl_easy_getinfo(exchange->easy, CURLINFO_CERTINFO, &chain) != CURLE_OK) return NULL;
    if (!chain || chain->num_of_certs < 1) return NULL;
    for (const struct curl_slist *each = chain->certinfo[0]; each; each = each->next)
        if (strncmp(each->data, field, strlen(field)) == 0) return each->data + strlen(field);
    return NULL;
}

/* The hosts of a certificate: its alternative names, or else its subject; null if libcurl did not keep them. */
static const char *certificate_names(exchange *exchange) {
    const char *names = certificate_field(exchange, "X509v3 Subject Alternative Name:");
    return names ? names : certificate_field(exchange, "Subject:");
}

/* Keeps the certificate of a connection that this exchange has opened. */
static void keep_certificate(exchange *exchange) {
    long opened = 0;
    courier *courier = exchange->courier;
    if (!courier->is_tls || curl_easy_getinfo(exchange->easy, CURLINFO_NUM_CONNECTS, &opened) != CURLE_OK) return;
    const char *certificate = opened > 0 ? certificate_field(exchange, "Cert:") : NULL;
    char *copied = certificate ? strdup(certificate) : NULL;
    if (!copied) return;
    free(courier->certificate);
    courier->certificate = copied;
}

/* Appends the head to the body, so that both are in one block of memory. */
static int append_head(exchange *exchange) {
    size_t start = exchange->body_count + courier_padding;
    if (!grow(&exchange->body, &exchange->body_room, start + exchange->head_count)) return 0;
    if (exchange->head_count) memcpy(exchange->body + start, exchange->head, exchange->head_count);
    return 1;
}

/* Passes the result on, and keeps the exchange for reuse. */
static void finish(exchange *exchange, CURLcode code) {
    courier *courier = exchange->courier;
    courier_result result = {0};
    long value = 0;
    curl_easy_getinfo(exchange->easy, CURLINFO_RESPONSE_CODE, &value);
    result.status = (int)value;
    result.end = reason(exchange, code);
    result.began = exchange->began;
    result.used_proxy = exchange->is_tunnel;
    if (exchange->has_problem || result.end == courier_untrusted || result.end == courier_no_tls)
        result.problem = exchange->message[0] ? exchange->message : NULL;
    if (result.end == courier_answered) keep_certificate(exchange);
    if (exchange->request.wants_certificate) result.certificate = courier->certificate;
    if (result.end == courier_wrong_host) result.certificate_names = certificate_names(exchange);
    /* Without the head, a request to retry later could be missed. */
    if (result.end == courier_answered && !append_head(exchange)) result.end = courier_broken;
    result.body = exchange->body;
    result.body_count = exchange->body_count;
    result.head_count = result.end == courier_answered ? exchange->head_count : 0;
    if (code != CURLE_OK) {
        curl_easy_getinfo(exchange->easy, CURLINFO_OS_ERRNO, &value);
        result.system_error = (int)value;
        curl_easy_getinfo(exchange->easy, CURLINFO_HTTP_CONNECTCODE, &value);
        result.proxy_status = (int)value;
        if (courier->is_openssl) {
            curl_easy_getinfo(exchange->easy, CURLINFO_SSL_VERIFYRESULT, &value);
            result.certificate_error = (int)value;
        }
    }
    exchange->body = NULL;
    exchange->body_count = exchange->body_room = exchange->taken_count = 0;
    courier_request request = exchange->request;
    request.done(request.context, &result);
    exchange->head_count = 0;
    exchange->is_head_whole = 0;
    pthread_mutex_lock(&courier->lock);
    exchange->next = courier->spare;
    courier->spare = exchange;
    pthread_mutex_unlock(&courier->lock);
}

/* Sets the options of this request, on a handle that may have been used for another one. */
static int set_request(exchange *exchange, long timeout) {
    CURL *easy = exchange->easy;
    const courier_request *request = &exchange->request;
    char *problem = exchange->message;
    size_t room = sizeof exchange->message;
    exchange->has_problem = 1;
    SET(easy, CURLOPT_POSTFIELDS, exchange->payload, "send the request's body");
    SET(easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)request->body_count, "send the request's body");
    SET(easy, CURLOPT_TIMEOUT_MS, timeout, "limit the time of a request");
    SET(easy, CURLOPT_CONNECTTIMEOUT_MS, request->connect_timeout, "limit the time of a connection attempt");
    SET(easy, CURLOPT_FRESH_CONNECT, (long)exchange->is_fresh, "choose between a new and an idle connection");
    /* Long responses are read in larger pieces. */
    long piece = request->limit > (8u << 20) ? 512L * 1024 : 16L * 1024;
    SET(easy, CURLOPT_BUFFERSIZE, piece, "size the read buffer");
    exchange->has_problem = 0;
    return 1;
}

static void start(courier *courier, exchange *exchange) {
    if (!set_request(exchange, exchange->request.timeout)
        || curl_multi_add_handle(courier->multi, exchange->easy) != CURLM_OK) {
        finish(exchange, CURLE_OUT_OF_MEMORY);
        return;
    }
    exchange->previous = NULL;
    exchange->next = courier->live;
    if (courier->live) courier->live->previous = exchange;
    courier->live = exchange;
}

/* Starts an exchange again on a new connection after begin() rejected the first one. Nothing was sent, so nothing can
   be sent twice. A second connection is enough, because a new one has no earlier data. */
static int starts_afresh(exchange *exchange) {
    if (exchange->began || exchange->is_fresh || exchange->refusal == connection_is_clean) return 0;
    curl_off_t microseconds = 0;
    curl_easy_getinfo(exchange->easy, CURLINFO_TOTAL_TIME_T, &microseconds);
    long left = exchange->request.timeout - (long)(microseconds / 1000);
    curl_multi_remove_handle(exchange->courier->multi, exchange->easy);
    exchange->is_fresh = 1;
    exchange->refusal = connection_is_clean;
    return set_request(exchange, left > 1 ? left : 1)
        && curl_multi_add_handle(exchange->courier->multi, exchange->easy) == CURLM_OK;
}

/* Removes an exchange from those in flight, and passes its result on. */
static void end(exchange *exchange, CURLcode code) {
    courier *courier = exchange->courier;
    curl_multi_remove_handle(courier->multi, exchange->easy);
    if (exchange->previous)
        exchange->previous->next = exchange->next;
    else
        courier->live = exchange->next;
    if (exchange->next) exchange->next->previous = exchange->previous;
    finish(exchange, code);
}

static void *serve(void *context) {
    courier *courier = context;
    for (;;) {
        pthread_mutex_lock(&courier->lock);
        exchange *posted = courier->first;
        courier->first = courier->last = NULL;
        int is_closing = courier->is_closing;
        pthread_mutex_unlock(&courier->lock);
        while (posted) {
            exchange *next = posted->next;
            if (is_closing)
                finish(posted, CURLE_ABORTED_BY_CALLBACK);
            else
                start(courier, posted);
            posted = next;
        }
        if (is_closing) {
            while (courier->live) end(courier->live, CURLE_ABORTED_BY_CALLBACK);
            return NULL;
        }
        int running = 0;
        curl_multi_perform(courier->multi, &running);
        int left = 0;
        CURLMsg *message;
        while ((message = curl_multi_info_read(courier->multi, &left))) {
            if (message->msg != CURLMSG_DONE) continue;
            exchange *ended = NULL;
            curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, (char **)&ended);
            /* The message becomes invalid when its handle is removed. */
            CURLcode code = message->data.result;
            if (!starts_afresh(ended)) end(ended, code);
        }
        pthread_mutex_lock(&courier->lock);
        int has_work = courier->first || courier->is_closing;
        courier->is_asleep = !has_work;
        pthread_mutex_unlock(&courier->lock);
        if (has_work) continue;
        curl_multi_poll(courier->multi, NULL, 0, 10000, NULL);
        pthread_mutex_lock(&courier->lock);
        courier->is_asleep = 0;
        pthread_mutex_unlock(&courier->lock);
    }
}

/* Copies a text that may be null; returns 0 if memory is exhausted. */
static int copy(char **copied, const char *text) {
    *copied = text ? strdup(text) : NULL;
    return !text || *copied;
}

static void free_courier(courier *courier) {
    while (courier->spare) {
        exchange *next = courier->spare->next;
        free_exchange(courier->spare);
        courier->spare = next;
    }
    if (courier->multi) curl_multi_cleanup(courier->multi);
    curl_slist_free_all(courier->headers);
    free(courier->url);
    free(courier->proxy);
    free(courier->no_proxy);
    free(courier->proxy_user);
    free(courier->proxy_password);
    free(courier->certificates);
    free(courier->certificate_folder);
    free(courier->certificate);
    free(courier->sockets);
    pthread_mutex_destroy(&courier->lock);
    free(courier);
}

const char *courier_library(void) { return curl_version(); }

courier_library_facts courier_loaded_library(void) {
    const curl_version_info_data *data = curl_version_info(CURLVERSION_NOW);
    return (courier_library_facts){
        .version = data->version,
        .number = data->version_num,
        .has_tls = (data->features & CURL_VERSION_SSL) != 0,
        .has_background_lookups = (data->features & CURL_VERSION_ASYNCHDNS) != 0,
    };
}

/* libcurl 8.20 resolves names in threads of the multi handle, and by default waits for them at the end. */
enum { multi_quick_exit = CURLOPTTYPE_LONG + 21, multi_quick_exit_since = 0x081400 };

static int set_up_multi(CURLM *multi, long connections, char *problem, size_t room) {
    SET_MULTI(multi, CURLMOPT_MAX_TOTAL_CONNECTIONS, connections, "limit the number of connections");
    SET_MULTI(multi, CURLMOPT_MAXCONNECTS, connections, "limit the number of idle connections");
    SET_MULTI(multi, CURLMOPT_PIPELINING, (long)CURLPIPE_NOTHING, "send one request at a time on a connection");
    if (courier_loaded_library().number >= multi_quick_exit_since)
        SET_MULTI(multi, (CURLMoption)multi_quick_exit, 1L, "abandon a slow name lookup");
    return 1;
}

static int copy_settings(courier *courier, const courier_settings *settings) {
    courier->idle_seconds = settings->idle_seconds;
    courier->log = settings->log;
    courier->context = settings->context;
    courier->is_tls = strncasecmp(settings->url, "https:", 6) == 0;
    const char *tls = curl_version_info(CURLVERSION_NOW)->ssl_version;
    courier->is_openssl = tls && strncmp(tls, "OpenSSL/", 8) == 0;
    /* libcurl has already loaded the library, so the name of the function is enough. */
    courier->openssl_has_pending = (int (*)(const void *))dlsym(RTLD_DEFAULT, "SSL_has_pending");
    courier->gnutls_pending = (size_t (*)(void *))dlsym(RTLD_DEFAULT, "gnutls_record_check_pending");
    for (const char *const *header = settings->headers; *header; header++) {
        struct curl_slist *longer = curl_slist_append(courier->headers, *header);
        if (!longer) return 0;
        courier->headers = longer;
    }
    return copy(&courier->url, settings->url) && copy(&courier->proxy, settings->proxy)
        && copy(&courier->no_proxy, settings->no_proxy)
        && copy(&courier->proxy_user, settings->proxy_user) && copy(&courier->proxy_password, settings->proxy_password)
        && copy(&courier->certificates, settings->certificates)
        && copy(&courier->certificate_folder, settings->certificate_folder);
}

/* Prepares everything except the thread. */
static int prepare(courier *courier, const courier_settings *settings, char *problem, size_t room) {
    if (!copy_settings(courier, settings)) return 0;
    courier->multi = curl_multi_init();
    if (!courier->multi || !set_up_multi(courier->multi, settings->connections, problem, room)) return 0;
    /* Detects options that libcurl rejects before the first request. */
    courier->spare = make_exchange(courier, problem, room);
    return courier->spare != NULL;
}

courier *courier_new(const courier_settings *settings, char problem[courier_problem_room]) {
    problem[0] = 0;
    CURLcode code = curl_global_init(CURL_GLOBAL_DEFAULT);
    if (code != CURLE_OK) {
        snprintf(problem, courier_problem_room, "libcurl could not be initialized: %s", curl_easy_strerror(code));
        return NULL;
    }
    courier *made = calloc(1, sizeof *made);
    if (!made) return NULL;
    if (pthread_mutex_init(&made->lock, NULL) != 0) {
        free(made);
        return NULL;
    }
    if (!prepare(made, settings, problem, courier_problem_room)
        || pthread_create(&made->thread, NULL, serve, made) != 0) {
        free_courier(made);
        return NULL;
    }
    return made;
}

void courier_post(courier *courier, const courier_request *request) {
    pthread_mutex_lock(&courier->lock);
    exchange *exchange = courier->spare;
    if (exchange) courier->spare = exchange->next;
    pthread_mutex_unlock(&courier->lock);
    char problem[courier_problem_room] = "";
    if (!exchange) exchange = make_exchange(courier, problem, sizeof problem);
    if (!exchange || !grow(&exchange->payload, &exchange->payload_room, request->body_count + 1)) {
        if (exchange) free_exchange(exchange);
        courier_result result = {.end = courier_not_made, .problem = problem[0] ? problem : NULL};
        request->done(request->context, &result);
        return;
    }
    memcpy(exchange->payload, request->body, request->body_count);
    exchange->request = *request;
    /* Resets the state of the previous exchange, even if this one ends before it begins. */
    exchange->began = exchange->is_tunnel = exchange->is_too_long = exchange->is_not_taken = exchange->is_cut = exchange->is_fresh = exchange->has_problem = 0;
    exchange->refusal = connection_is_clean;
    exchange->message[0] = 0;
    exchange->next = NULL;
    pthread_mutex_lock(&courier->lock);
    if (courier->last)
        courier->last->next = exchange;
    else
        courier->first = exchange;
    courier->last = exchange;
    int wakes = courier->is_asleep;
    courier->is_asleep = 0;
    pthread_mutex_unlock(&courier->lock);
    if (wakes) curl_multi_wakeup(courier->multi);
}

void courier_close(courier *courier) {
    pthread_mutex_lock(&courier->lock);
    courier->is_closing = 1;
    pthread_mutex_unlock(&courier->lock);
    curl_multi_wakeup(courier->multi);
    pthread_join(courier->thread, NULL);
    free_courier(courier);
}
