/* Requests to one address over HTTP/1.1, made by libcurl on one thread, each of them once. */
#ifndef ROLLCALL_COURIER_H
#define ROLLCALL_COURIER_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/* A pool of connections to one address, and the thread that serves them. */
typedef struct courier courier;

/* Where requests go, and how. Texts are terminated; the headers are whole lines, the last one is null. */
typedef struct {
    const char *url;
    const char *const *headers;
    /* The most connections at once, 1 or more. */
    long connections;
    /* How long an idle connection is kept for the next request, in seconds. */
    long idle_seconds;
    /* http://host:port, or null for none; the environment is not asked. */
    const char *proxy;
    /* What is reached without the proxy, as CURLOPT_NOPROXY has it; null for nothing. */
    const char *no_proxy;
    const char *proxy_user;
    const char *proxy_password;
    /* A file of certificates, and a folder of them by their hashes, in place of all of the system's; either may be null,
       and with both null it is the system's that are trusted. */
    const char *certificates;
    const char *certificate_folder;
    /* Told what happens on the connections, one line at a time, not terminated; null for nobody. Called on the thread. */
    void (*log)(void *context, const char *text, size_t count);
    void *context;
} courier_settings;

/* How an exchange ended. */
typedef enum {
    /* A whole answer, or the beginning of one whose status is not 2xx. */
    courier_answered = 0,
    /* The answer is longer than was allowed. */
    courier_too_long,
    /* The host's name, or the proxy's, was not found. */
    courier_no_name,
    courier_no_proxy_name,
    /* No connection; system_error says more. */
    courier_no_connection,
    /* The proxy would not connect; proxy_status says more. */
    courier_proxy_refused,
    /* No TLS; the file of certificates cannot be read; a certificate that is not trusted; one for another host. */
    courier_no_tls,
    courier_no_certificates,
    courier_untrusted,
    courier_wrong_host,
    /* The time was up. */
    courier_timed_out,
    /* The connection was closed without an answer, was reset, or broke in another way. */
    courier_closed,
    courier_reset,
    courier_broken,
    /* Before the request could leave, the server sent something, or closed the connection; on a second, new connection
       as well. Nothing was sent. */
    courier_spoke_first,
    courier_closed_first,
    /* libcurl rejected an option, which problem names; or there is no memory, or the courier was closed. */
    courier_not_made
} courier_end;

/* What came of a request. */
typedef struct {
    courier_end end;
    int status;
    /* One piece of memory from malloc, or null; the callback frees it: the body, courier_padding bytes of room, and the
       header lines as they came, not terminated. */
    char *body;
    size_t body_count;
    size_t head_count;
    /* Which option libcurl rejected, or why there is no TLS, in words; null if it does not say. Lives until the callback
       returns. */
    const char *problem;
    /* Of courier_wrong_host: what the certificate is for, as OpenSSL spells it ("DNS:a.example, IP Address:192.0.2.1", or
       "CN = a.example"); null if unknown. It comes from the server. Lives until the callback returns. */
    const char *certificate_names;
    /* Whether a connection was ready and the request began to leave. Without it, nothing was sent. */
    int began;
    /* Whether the request left through a proxy. */
    int used_proxy;
    /* errno of the connection attempt that failed; 0 if none did. */
    int system_error;
    /* The status with which a proxy answered CONNECT; 0 without a proxy. */
    int proxy_status;
    /* Of courier_untrusted: OpenSSL's number for what is wrong with the certificate (x509_vfy.h); 0 of other libraries. */
    int certificate_error;
} courier_result;

/* Room behind each body, so that a parser may read beyond its end. */
enum { courier_padding = 64 };

/* One request. */
typedef struct {
    /* The body, copied before the call returns. */
    const void *body;
    size_t body_count;
    /* How long the whole exchange may take, and the making of a connection, in milliseconds. */
    long timeout;
    long connect_timeout;
    /* The longest answer that is read, in bytes; of an answer that is not 2xx only the first error_limit are. */
    size_t limit;
    size_t error_limit;
    /* Told how many bytes of a 2xx answer's body are there, and how many it states, 0 if it does not say; null for
       nobody. Called on the courier's thread. */
    void (*received)(void *context, size_t count, size_t stated);
    /* Called once, on the courier's thread. */
    void (*done)(void *context, const courier_result *result);
    void *context;
} courier_request;

/* The library's name and version, and those of what it is built on. Lives as long as the process. */
const char *courier_library(void);

/* The library that is loaded, which may be another one than the header is of. */
typedef struct {
    /* 7.88.1, and the same as 0x075801. */
    const char *version;
    unsigned number;
    int has_tls;
    /* Whether a name lookup leaves the thread free that it is made on. */
    int has_background_lookups;
} courier_library_facts;

courier_library_facts courier_loaded_library(void);

/* Room for a problem in words. */
enum { courier_problem_room = 256 };

/* Begins; null if libcurl rejects an option, which problem then names, or if there is no memory or no thread to be had,
   which leaves problem empty. */
courier *courier_new(const courier_settings *settings, char problem[courier_problem_room]);

/* Posts a request. Safe from any thread; not after courier_close has begun. */
void courier_post(courier *courier, const courier_request *request);

/* Ends what is in flight, closes the connections and takes everything back. To be called once. */
void courier_close(courier *courier);

#ifdef __cplusplus
}
#endif

#endif
