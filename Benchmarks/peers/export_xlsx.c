// The answer to listUsers as a workbook, by libxlsxwriter in constant memory: export_xlsx IN.json OUT.xlsx
//
// The least that this library needs for the job: the answer is scanned for the keys in the order in which generate.py
// writes them, escapes are not looked at, and the file is mapped, not read.
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xlsxwriter.h>

enum { STATUS, EMAIL, NAME, ACCOUNT_TYPE, INVITE_STATUS, UID, COLUMNS };
static const char *const HEADERS[COLUMNS] = {"status", "email", "name", "accountType", "inviteStatus", "uid"};
static const int OF_USER[] = {UID, EMAIL, NAME, ACCOUNT_TYPE}, OF_INVITE[] = {EMAIL, ACCOUNT_TYPE, INVITE_STATUS};

typedef struct {
    const char *at, *end;
    bool in_invites;
} scanner;

static scanner open_listing(const char *path) {
    int file = open(path, O_RDONLY);
    struct stat state;
    if (file < 0 || fstat(file, &state)) {
        perror(path);
        exit(66);
    }
    size_t length = (size_t)state.st_size;
    const char *text = mmap(NULL, length, PROT_READ, MAP_PRIVATE, file, 0);
    const char *start = text == MAP_FAILED ? NULL : memmem(text, length, "\"activeUsers\":[", 15);
    if (!start) {
        fprintf(stderr, "%s: no activeUsers\n", path);
        exit(66);
    }
    close(file);
    return (scanner){.at = start + 15, .end = text + length};
}

// Copies the next value of the form :"value" and moves behind it.
static void copy_value(scanner *listing, char *value, size_t capacity) {
    const char *start = (const char *)memchr(listing->at, ':', (size_t)(listing->end - listing->at)) + 2;
    const char *end = memchr(start, '"', (size_t)(listing->end - start));
    size_t length = (size_t)(end - start) < capacity ? (size_t)(end - start) : capacity - 1;
    memcpy(value, start, length);
    value[length] = 0;
    listing->at = end + 1;
}

static bool next_row(scanner *listing, char row[COLUMNS][512]) {
    if (*listing->at == ',') listing->at++;
    if (*listing->at == ']') {
        if (listing->in_invites) return false;
        listing->in_invites = true;
        listing->at = (const char *)memchr(listing->at, '[', (size_t)(listing->end - listing->at)) + 1;
        return next_row(listing, row);
    }
    for (int column = 0; column < COLUMNS; column++) row[column][0] = 0;
    strcpy(row[STATUS], listing->in_invites ? "INVITED" : "ACTIVE");
    const int *columns = listing->in_invites ? OF_INVITE : OF_USER;
    for (int i = 0, count = listing->in_invites ? 3 : 4; i < count; i++) copy_value(listing, row[columns[i]], 512);
    listing->at++; // the closing brace
    return true;
}

int main(int argc, char **argv) {
    if (argc != 3) {
        fprintf(stderr, "usage: export_xlsx IN.json OUT.xlsx\n");
        return 64;
    }
    scanner listing = open_listing(argv[1]);
    lxw_workbook_options options = {.constant_memory = LXW_TRUE};
    lxw_workbook *book = workbook_new_opt(argv[2], &options);
    lxw_worksheet *sheet = workbook_add_worksheet(book, "Users");
    lxw_format *bold = workbook_add_format(book);
    format_set_bold(bold);
    for (int column = 0; column < COLUMNS; column++)
        worksheet_write_string(sheet, 0, (lxw_col_t)column, HEADERS[column], bold);

    static char row[COLUMNS][512];
    for (lxw_row_t number = 1; next_row(&listing, row); number++)
        for (int column = 0; column < COLUMNS; column++)
            if (row[column][0]) worksheet_write_string(sheet, number, (lxw_col_t)column, row[column], NULL);

    lxw_error error = workbook_close(book);
    if (error) fprintf(stderr, "%s\n", lxw_strerror(error));
    return error ? 1 : 0;
}
