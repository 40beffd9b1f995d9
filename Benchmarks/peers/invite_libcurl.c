// libcurl's multi interface with N connections kept open: invite_libcurl URL IN.csv OUT.csv N
//
// What a client on libcurl can do at most: no ledger, no retries, the list is in memory as a whole.
#include <curl/curl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    CURL *handle;
    int row;
    char email[256], body[512], answer[4096];
    size_t answer_length;
} call;

static char *text;
static size_t position, length;
static int last_row = 1;

static bool read_all(const char *path) {
    FILE *file = fopen(path, "rb");
    if (!file) return false;
    fseek(file, 0, SEEK_END);
    length = (size_t)ftell(file);
    rewind(file);
    text = calloc(length + 2, 1);
    bool whole = text && fread(text, 1, length, file) == length;
    fclose(file);
    return whole;
}

// Copies the next field. True when it was the last one of its record.
static bool read_field(char *field, size_t capacity) {
    size_t count = 0;
    bool quoted = text[position] == '"';
    if (quoted) position++;
    for (; position < length; position++) {
        char c = text[position];
        if (quoted && c == '"') {
            if (text[position + 1] == '"') position++;
            else {
                quoted = false;
                continue;
            }
        } else if (!quoted && (c == ',' || c == '\n')) break;
        if (count < capacity - 1) field[count++] = c;
    }
    field[count] = 0;
    bool last = position >= length || text[position] == '\n';
    position++;
    return last;
}

static void skip_record(void) {
    char ignored[256];
    while (!read_field(ignored, sizeof ignored)) {}
}

// Gives the call the next row of the list. False when there is none.
static bool take_row(call *next) {
    if (position >= length) return false;
    char account_type[64];
    read_field(next->email, sizeof next->email);
    if (!read_field(account_type, sizeof account_type)) skip_record();
    next->row = ++last_row;
    next->answer_length = 0;
    snprintf(next->body, sizeof next->body,
             "{\"query\":\"mutation { inviteUser(email: \\\"%s\\\", accountType: %s) { ok } }\"}", next->email,
             account_type);
    curl_easy_setopt(next->handle, CURLOPT_POSTFIELDS, next->body);
    return true;
}

static size_t receive(char *bytes, size_t size, size_t count, void *context) {
    call *owner = context;
    size_t total = size * count;
    if (owner->answer_length + total < sizeof owner->answer) {
        memcpy(owner->answer + owner->answer_length, bytes, total);
        owner->answer_length += total;
        owner->answer[owner->answer_length] = 0;
    }
    return total;
}

static void write_result(FILE *out, const call *done) {
    long status = 0;
    curl_easy_getinfo(done->handle, CURLINFO_RESPONSE_CODE, &status);
    bool ok = done->answer_length && strstr(done->answer, "\"ok\":true");
    fprintf(out, "%d,%s,%ld,%s,\n", done->row, done->email, status, ok ? "True" : "False");
}

int main(int argc, char **argv) {
    if (argc != 5 || !read_all(argv[2])) {
        fprintf(stderr, "usage: invite_libcurl URL IN.csv OUT.csv N\n");
        return 64;
    }
    FILE *out = fopen(argv[3], "w");
    if (!out) {
        perror(argv[3]);
        return 73;
    }
    fputs("row,email,status,ok,error\n", out);
    skip_record(); // the headers

    curl_global_init(CURL_GLOBAL_ALL);
    CURLM *calls = curl_multi_init();
    int connections = atoi(argv[4]), under_way = 0;
    curl_multi_setopt(calls, CURLMOPT_MAXCONNECTS, (long)connections);
    struct curl_slist *headers = curl_slist_append(NULL, "Content-Type: application/json");
    headers = curl_slist_append(headers, "X-API-KEY: k");
    headers = curl_slist_append(headers, "X-API-SECRET: s");
    for (int i = 0; i < connections; i++) {
        call *new = calloc(1, sizeof *new);
        new->handle = curl_easy_init();
        curl_easy_setopt(new->handle, CURLOPT_URL, argv[1]);
        curl_easy_setopt(new->handle, CURLOPT_HTTPHEADER, headers);
        curl_easy_setopt(new->handle, CURLOPT_WRITEFUNCTION, receive);
        curl_easy_setopt(new->handle, CURLOPT_WRITEDATA, new);
        curl_easy_setopt(new->handle, CURLOPT_PRIVATE, new);
        if (!take_row(new)) break;
        curl_multi_add_handle(calls, new->handle);
        under_way++;
    }

    while (under_way) {
        int running, queued;
        bool progress = false;
        curl_multi_perform(calls, &running);
        for (CURLMsg *message; (message = curl_multi_info_read(calls, &queued));) {
            if (message->msg != CURLMSG_DONE) continue;
            call *done;
            curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, (char **)&done);
            write_result(out, done);
            curl_multi_remove_handle(calls, done->handle);
            if (take_row(done)) curl_multi_add_handle(calls, done->handle);
            else under_way--;
            progress = true;
        }
        if (under_way && !progress) curl_multi_poll(calls, NULL, 0, 1000, NULL);
    }
    return fclose(out) ? 74 : 0;
}
