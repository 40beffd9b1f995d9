#include "courier.h"

#include <curl/curl.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

/* One request on its way, with its handle; both are used again. */
typedef struct exchange {
    struct exchange *next, *previous;
    struct courier *courier;
    CURL *easy;
    courier_request request;
    char *payload;
    size_t payload_room;
    char *body;
    size_t body_count, body_room, body_stated;
    char *head;
    size_t head_count, head_room;
    int began;
    int is_too_long;
    int is_cut;
    char message[CURL_ERROR_SIZE];
} exchange;

struct courier {
    CURLM *multi;
    pthread_t thread;
    pthread_mutex_t lock;
    /* Under the lock: what was posted and not begun, in its order; handles that wait for work. */
    exchange *first, *last, *spare;
    int is_asleep, is_closing;
    /* Of the thread alone: what is under way. */
    exchange *live;
    char *url, *proxy, *proxy_user, *proxy_password, *certificates;
    struct curl_slist *headers;
    long idle_seconds;
    void (*log)(void *, const char *, size_t);
    void *context;
};

/* Nobody needs a longer head; what is beyond is left out. */
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

/* libcurl asks here before a request leaves on a connection that is ready. A connection that breaks before an answer
   came makes libcurl send the request once more; a request may have taken effect by then, so the second time is refused.
   (libcurl 7.88, Curl_retry_request) */
static int begin(void *context, char *address, char *local, int port, int local_port) {
    (void)address, (void)local, (void)port, (void)local_port;
    exchange *exchange = context;
    return exchange->began++ ? CURL_PREREQFUNC_ABORT : CURL_PREREQFUNC_OK;
}

static size_t take_head(char *bytes, size_t one, size_t count, void *context) {
    exchange *exchange = context;
    count *= one;
    /* A head follows another one after 100 Continue, and after a proxy's answer to CONNECT. */
    if (count >= 5 && memcmp(bytes, "HTTP/", 5) == 0) exchange->head_count = 0;
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
    size_t wanted = exchange->body_count + count;
    if (is_success && exchange->body_count == 0) {
        curl_off_t stated = -1;
        curl_easy_getinfo(exchange->easy, CURLINFO_CONTENT_LENGTH_DOWNLOAD_T, &stated);
        exchange->body_stated = stated > 0 ? (size_t)stated : 0;
        if (exchange->body_stated > wanted) wanted = exchange->body_stated;
    }
    if (is_success && wanted > request->limit) {
        exchange->is_too_long = 1;
        return 0;
    }
    if (!grow(&exchange->body, &exchange->body_room, wanted + courier_padding)) return 0;
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
    /* Heads and bodies hold secrets and people. */
    if (type != CURLINFO_TEXT) return 0;
    while (count && (text[count - 1] == '\n' || text[count - 1] == '\r')) count--;
    if (count) courier->log(courier->context, text, count);
    return 0;
}

static exchange *make_exchange(courier *courier) {
    exchange *made = calloc(1, sizeof *made);
    if (!made) return NULL;
    CURL *easy = made->easy = curl_easy_init();
    if (!easy) {
        free(made);
        return NULL;
    }
    made->courier = courier;
    curl_easy_setopt(easy, CURLOPT_URL, courier->url);
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
    curl_easy_setopt(easy, CURLOPT_HTTPHEADER, courier->headers);
    curl_easy_setopt(easy, CURLOPT_POST, 1L);
    curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
    curl_easy_setopt(easy, CURLOPT_MAXAGE_CONN, courier->idle_seconds);
    /* An empty name keeps libcurl from looking into the environment. */
    curl_easy_setopt(easy, CURLOPT_PROXY, courier->proxy ? courier->proxy : "");
    if (courier->proxy) curl_easy_setopt(easy, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
    if (courier->proxy_user) curl_easy_setopt(easy, CURLOPT_PROXYUSERNAME, courier->proxy_user);
    if (courier->proxy_password) curl_easy_setopt(easy, CURLOPT_PROXYPASSWORD, courier->proxy_password);
    if (courier->certificates) curl_easy_setopt(easy, CURLOPT_CAINFO, courier->certificates);
    curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 1L);
    curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 2L);
    curl_easy_setopt(easy, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    curl_easy_setopt(easy, CURLOPT_PREREQFUNCTION, begin);
    curl_easy_setopt(easy, CURLOPT_PREREQDATA, made);
    curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, take_head);
    curl_easy_setopt(easy, CURLOPT_HEADERDATA, made);
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, take_body);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, made);
    curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, made->message);
    curl_easy_setopt(easy, CURLOPT_PRIVATE, made);
    if (courier->log) {
        curl_easy_setopt(easy, CURLOPT_VERBOSE, 1L);
        curl_easy_setopt(easy, CURLOPT_DEBUGFUNCTION, tell);
        curl_easy_setopt(easy, CURLOPT_DEBUGDATA, courier);
    }
    return made;
}

static void free_exchange(exchange *exchange) {
    curl_easy_cleanup(exchange->easy);
    free(exchange->payload);
    free(exchange->body);
    free(exchange->head);
    free(exchange);
}

/* What libcurl's code comes to. */
static courier_end reason(exchange *exchange, CURLcode code) {
    long value = 0;
    if (exchange->is_too_long) return courier_too_long;
    if (exchange->is_cut) return courier_answered;
    switch (code) {
    case CURLE_OK: return courier_answered;
    case CURLE_COULDNT_RESOLVE_HOST: return courier_no_name;
    case CURLE_COULDNT_RESOLVE_PROXY: return courier_no_proxy_name;
    case CURLE_COULDNT_CONNECT: return courier_no_connection;
    case CURLE_PROXY: return courier_proxy_refused;
    case CURLE_PEER_FAILED_VERIFICATION:
        curl_easy_getinfo(exchange->easy, CURLINFO_SSL_VERIFYRESULT, &value);
        return value ? courier_untrusted : courier_wrong_host;
    case CURLE_SSL_CONNECT_ERROR: return courier_no_tls;
    case CURLE_SSL_CACERT_BADFILE: return courier_no_certificates;
    case CURLE_OPERATION_TIMEDOUT: return courier_timed_out;
    /* The second beginning that begin() refused: the connection was closed before a byte of an answer came. */
    case CURLE_ABORTED_BY_CALLBACK: return exchange->began ? courier_closed : courier_not_made;
    case CURLE_GOT_NOTHING: return courier_closed;
    case CURLE_OUT_OF_MEMORY: return courier_not_made;
    default: break;
    }
    if (!exchange->began) {
        curl_easy_getinfo(exchange->easy, CURLINFO_HTTP_CONNECTCODE, &value);
        return value ? courier_proxy_refused : courier_no_tls;
    }
    /* For a connection that was made, libcurl has the system's reason in words only. */
    return strstr(exchange->message, "reset by peer") ? courier_reset : courier_broken;
}

/* Hands the result over, and puts the exchange back among the spare ones. */
static void finish(exchange *exchange, CURLcode code) {
    courier *courier = exchange->courier;
    courier_result result = {0};
    long value = 0;
    curl_easy_getinfo(exchange->easy, CURLINFO_RESPONSE_CODE, &value);
    result.status = (int)value;
    result.end = reason(exchange, code);
    result.body = exchange->body;
    result.body_count = exchange->body_count;
    result.head = exchange->head;
    result.head_count = exchange->head_count;
    result.began = exchange->began > 0;
    if (code != CURLE_OK) {
        curl_easy_getinfo(exchange->easy, CURLINFO_OS_ERRNO, &value);
        result.system_error = (int)value;
        curl_easy_getinfo(exchange->easy, CURLINFO_HTTP_CONNECTCODE, &value);
        result.proxy_status = (int)value;
        curl_easy_getinfo(exchange->easy, CURLINFO_SSL_VERIFYRESULT, &value);
        result.certificate_error = (int)value;
    }
    exchange->body = NULL;
    exchange->body_count = exchange->body_room = 0;
    courier_request request = exchange->request;
    request.done(request.context, &result);
    exchange->head_count = 0;
    pthread_mutex_lock(&courier->lock);
    exchange->next = courier->spare;
    courier->spare = exchange;
    pthread_mutex_unlock(&courier->lock);
}

static void start(courier *courier, exchange *exchange) {
    CURL *easy = exchange->easy;
    const courier_request *request = &exchange->request;
    curl_easy_setopt(easy, CURLOPT_POSTFIELDS, exchange->payload);
    curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)request->body_count);
    curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, request->timeout);
    curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, request->connect_timeout);
    /* A long answer is read in larger pieces. */
    curl_easy_setopt(easy, CURLOPT_BUFFERSIZE, request->limit > (8u << 20) ? 512L * 1024 : 16L * 1024);
    if (curl_multi_add_handle(courier->multi, easy) != CURLM_OK) {
        finish(exchange, CURLE_OUT_OF_MEMORY);
        return;
    }
    exchange->previous = NULL;
    exchange->next = courier->live;
    if (courier->live) courier->live->previous = exchange;
    courier->live = exchange;
}

/* Takes an exchange out of what is under way, and hands its result over. */
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
            end(ended, message->data.result);
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

static char *copy(const char *text) { return text ? strdup(text) : NULL; }

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
    free(courier->proxy_user);
    free(courier->proxy_password);
    free(courier->certificates);
    pthread_mutex_destroy(&courier->lock);
    free(courier);
}

const char *courier_library(void) { return curl_version(); }

courier *courier_new(const courier_settings *settings) {
    if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) return NULL;
    courier *made = calloc(1, sizeof *made);
    if (!made) return NULL;
    pthread_mutex_init(&made->lock, NULL);
    made->url = copy(settings->url);
    made->proxy = copy(settings->proxy);
    made->proxy_user = copy(settings->proxy_user);
    made->proxy_password = copy(settings->proxy_password);
    made->certificates = copy(settings->certificates);
    made->idle_seconds = settings->idle_seconds;
    made->log = settings->log;
    made->context = settings->context;
    for (const char *const *header = settings->headers; *header; header++)
        made->headers = curl_slist_append(made->headers, *header);
    made->multi = curl_multi_init();
    if (!made->url || !made->multi) {
        free_courier(made);
        return NULL;
    }
    curl_multi_setopt(made->multi, CURLMOPT_MAX_TOTAL_CONNECTIONS, settings->connections);
    curl_multi_setopt(made->multi, CURLMOPT_MAXCONNECTS, settings->connections);
    curl_multi_setopt(made->multi, CURLMOPT_PIPELINING, (long)CURLPIPE_NOTHING);
    if (pthread_create(&made->thread, NULL, serve, made) != 0) {
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
    if (!exchange) exchange = make_exchange(courier);
    if (!exchange || !grow(&exchange->payload, &exchange->payload_room, request->body_count + 1)) {
        if (exchange) free_exchange(exchange);
        courier_result result = {.end = courier_not_made};
        request->done(request->context, &result);
        return;
    }
    memcpy(exchange->payload, request->body, request->body_count);
    exchange->request = *request;
    /* Nothing of the exchange before is left, even if this one ends before it begins. */
    exchange->began = exchange->is_too_long = exchange->is_cut = 0;
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
