/* Sends requests to one address over HTTP/1.1 with libcurl, on one thread, each of them once. */
#ifndef ROLLCALL_COURIER_H
#define ROLLCALL_COURIER_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/* A pool of connections to one address, and the thread that serves them. */
typedef struct courier courier;

/* The settings of a courier. Texts are terminated; the headers are complete lines, with null at the end. */
typedef struct {
    const char *url;
    const char *const *headers;
    /* The maximum number of connections, 1 or more. */
    long connections;
    /* How long an idle connection is kept for the next request, in seconds. */
    long idle_seconds;
    /* http://host:port, or null for none; the environment is not read. */
    const char *proxy;
    /* The hosts that are reached without the proxy, in the form of CURLOPT_NOPROXY; null for none. */
    const char *no_proxy;
    const char *proxy_user;
    const char *proxy_password;
    /* A file of certificates, and a folder of certificates named by their hashes, instead of those of the system; each
       may be null, and if both are, the certificates of the system are trusted. */
    const char *certificates;
    const char *certificate_folder;
    /* Called on the thread with log lines about connections, not terminated; may be null. */
    void (*log)(void *context, const char *text, size_t count);
    void *context;
} courier_settings;

/* How an exchange ended. */
typedef enum {
    /* A complete response, or the beginning of one whose status is not 2xx. */
    courier_answered = 0,
    /* The response exceeds the limit. */
    courier_too_long,
    /* take() did not accept a piece of the response. */
    courier_not_taken,
    /* The name of the host, or of the proxy, was not found. */
    courier_no_name,
    courier_no_proxy_name,
    /* No connection; system_error has the reason. */
    courier_no_connection,
    /* The proxy refused to connect; proxy_status has the reason. */
    courier_proxy_refused,
    /* No TLS; the certificate file cannot be read; an untrusted certificate; a certificate for another host. */
    courier_no_tls,
    courier_no_certificates,
    courier_untrusted,
    courier_wrong_host,
    /* The timeout passed. */
    courier_timed_out,
    /* The connection was closed without a response, was reset, or broke in another way. */
    courier_closed,
    courier_reset,
    courier_broken,
    /* Before the request was sent, the server sent data or closed the connection, and again on a second, new
       connection. Nothing was sent. */
    courier_spoke_first,
    courier_closed_first,
    /* libcurl rejected an option, which problem names; or memory is exhausted, or the courier was closed. */
    courier_not_made
} courier_end;

/* The result of a request. */
typedef struct {
    courier_end end;
    int status;
    /* One block of memory from malloc, or null; the callback frees it: the body, courier_padding bytes of room, and the
       header lines, not terminated. */
    char *body;
    size_t body_count;
    size_t head_count;
    /* The option that libcurl rejected, or why there is no TLS; null if that is not known. Valid until the callback
       returns. */
    const char *problem;
    /* For courier_wrong_host: the hosts of the certificate in OpenSSL's form ("DNS:a.example, IP Address:192.0.2.1", or
       "CN = a.example"); null if unknown. It comes from the server. Valid until the callback returns. */
    const char *certificate_names;
    /* If it was wanted: the certificate of the server (PEM) of the newest connection, which is the one that was used
       unless the servers behind the address have different ones; null without TLS. Valid until the callback returns. */
    const char *certificate;
    /* Whether a connection was ready and sending began. If not, nothing was sent. */
    int began;
    /* Whether the request used a proxy. */
    int used_proxy;
    /* The errno of the failed connection attempt; 0 if none failed. */
    int system_error;
    /* The status of the proxy's response to CONNECT; 0 without a proxy. */
    int proxy_status;
    /* For courier_untrusted: OpenSSL's error code of the certificate (x509_vfy.h); 0 for other libraries. */
    int certificate_error;
} courier_result;

/* Room after each body, so that a parser may read beyond its end. */
enum { courier_padding = 64 };

/* One request. */
typedef struct {
    /* The body, copied before the call returns. */
    const void *body;
    size_t body_count;
    /* The timeouts for the whole exchange and for connecting, in milliseconds. */
    long timeout;
    long connect_timeout;
    /* The maximum length of a response, in bytes; only error_limit bytes are read if the status is not 2xx. */
    size_t limit;
    size_t error_limit;
    /* Whether the result has to name the certificate of the server. */
    int wants_certificate;
    /* Called on the courier's thread with the number of received bytes of a 2xx body, and the stated length, 0 if there
       is none; may be null. */
    void (*received)(void *context, size_t count, size_t stated);
    /* Called on the courier's thread with each piece of a 2xx body, which is then not kept in memory, and body_count of
       the result is 0; returns 0 to end the exchange. May be null. */
    int (*take)(void *context, const char *bytes, size_t count);
    /* Called once, on the courier's thread. */
    void (*done)(void *context, const courier_result *result);
    void *context;
} courier_request;

/* The names and versions of the library and of those that it uses. Valid as long as the process. */
const char *courier_library(void);

/* The loaded library, which may differ from the one of the header. */
typedef struct {
    /* 7.88.1, and the same as 0x075801. */
    const char *version;
    unsigned number;
    int has_tls;
    /* Whether name lookups do not block the thread. */
    int has_background_lookups;
} courier_library_facts;

courier_library_facts courier_loaded_library(void);

/* The maximum length of a problem text. */
enum { courier_problem_room = 256 };

/* Creates a courier; null if libcurl rejects an option, which problem then names, or if memory or threads are
   exhausted; problem is then empty. */
courier *courier_new(const courier_settings *settings, char problem[courier_problem_room]);

/* Sends a request. Can be called from any thread, but not after courier_close has begun. */
void courier_post(courier *courier, const courier_request *request);

/* Ends requests in flight, closes the connections and frees the courier. Call it once. */
void courier_close(courier *courier);

#ifdef __cplusplus
}
#endif

#endif
