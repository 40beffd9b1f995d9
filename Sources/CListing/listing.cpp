#include "listing.h"

#include "json_document.h"

#include <simdjson.h>

#include <cstring>
#include <string>

using namespace simdjson;

namespace {

static_assert(SIMDJSON_PADDING <= json_room, "simdjson reads further beyond the end than json_room");

struct Failure {
    listing_end end;
    std::string path;
};

/* Throws the failure for an error of the parser, or for a value of the wrong type. */
[[noreturn]] void fail(error_code error, const std::string &path) {
    if (error == INCORRECT_TYPE) throw Failure{listing_type, path};
    if (error == DEPTH_ERROR) throw Failure{listing_too_deep, path};
    throw Failure{listing_not_json, path};
}

template <typename Value>
Value need(simdjson_result<Value> result, const std::string &path) {
    Value value;
    if (auto error = std::move(result).get(value)) fail(error, path);
    return value;
}

bool is_null(ondemand::value &value, const std::string &path) {
    return need(value.type(), path) == ondemand::json_type::null;
}

/* The bytes of a value. The parser has checked only the brackets of arrays and objects. */
std::string_view raw(ondemand::value value, const std::string &path) {
    switch (need(value.type(), path)) {
    case ondemand::json_type::array: return need(need(value.get_array(), path).raw_json(), path);
    case ondemand::json_type::object: return need(need(value.get_object(), path).raw_json(), path);
    default: return value.raw_json_token();
    }
}

/* Checks values that are not read: On Demand skips them, but the whole response must be valid. */
struct Checker {
    dom::parser parser;

    Checker() {
        if (parser.allocate(0, json_depth)) throw std::bad_alloc();
    }

    std::string_view check(ondemand::value value, const std::string &path) {
        std::string_view bytes = raw(value, path);
        dom::element element;
        // Every value is followed by the rest of the response, or by the room after it.
        if (auto error = parser.parse(bytes.data(), bytes.size(), false).get(element)) fail(error, path);
        return bytes;
    }
};

/* The required members of an account, in the order in which they are passed on. */
template <size_t N>
struct Person {
    const char *keys[N];
    /* The index of the identifier; N if there is none. */
    size_t identifier;
    void (*take)(void *, const listing_text[]);
};

/* Whether a member has this name, written without escapes, as almost always. */
bool is_plain(const char *raw, const char *key) {
    size_t count = std::strlen(key);
    return std::memcmp(raw, key, count) == 0 && raw[count] == '"';
}

/* The index of a member in the texts of an account; N if it is not one of them. */
template <size_t N>
size_t find_key(ondemand::field &field, const Person<N> &person, size_t likely, error_code &error) {
    const char *raw = field.key().raw();
    if (is_plain(raw, person.keys[likely])) return likely;
    for (size_t i = 0; i < N; i++)
        if (is_plain(raw, person.keys[i])) return i;
    size_t count = 0;
    while (raw[count] != '"' && raw[count] != '\\') count++;
    if (raw[count] == '"') return N;
    std::string_view key;
    error = field.unescaped_key().get(key);
    for (size_t i = 0; !error && i < N; i++)
        if (key == person.keys[i]) return i;
    return N;
}

/* Reads a text in place if it has no escapes. The first stage has checked that it is UTF-8 and terminated. */
bool read_plain(ondemand::value value, listing_text &text) {
    std::string_view token = value.raw_json_token();
    if (token.size() < 2 || token[0] != '"') return false;
    size_t end = token.size() - 1;
    while (end > 0 && token[end] != '"') end--;
    if (end == 0 || std::memchr(token.data() + 1, '\\', end - 1)) return false;
    text = {token.data() + 1, end - 1};
    return true;
}

/* Whether a text has a control character (Unicode category Cc). */
bool has_control(const listing_text &text) {
    // Almost every identifier is printable ASCII, which a loop without branches detects in a few nanoseconds.
    unsigned others = 0;
    for (size_t i = 0; i < text.count; i++) others |= static_cast<unsigned char>(text.start[i]) - 0x20u > 0x5eu;
    if (!others) return false;
    for (size_t i = 0; i < text.count; i++) {
        auto byte = static_cast<unsigned char>(text.start[i]);
        if (byte < 0x20 || byte == 0x7f) return true;
        if (byte == 0xc2 && i + 1 < text.count && static_cast<unsigned char>(text.start[i + 1]) < 0xa0) return true;
    }
    return false;
}

template <size_t N>
void read_person(
    ondemand::value value, const Person<N> &person, void *context, Checker &checker, const std::string &list, size_t at) {
    // Paths are composed only in case of an error.
    auto place = [&](const char *key) { return list + "[" + std::to_string(at) + "]" + (key ? std::string(".") + key : ""); };
    ondemand::object object;
    if (auto error = value.get_object().get(object)) {
        if (error == INCORRECT_TYPE && is_null(value, list)) throw Failure{listing_null, place(nullptr)};
        fail(error, place(nullptr));
    }
    listing_text texts[N] = {};
    size_t likely = 0;
    for (auto field : object) {
        ondemand::field found;
        if (auto error = std::move(field).get(found)) fail(error, place(nullptr));
        error_code key_error = SUCCESS;
        size_t i = find_key(found, person, likely, key_error);
        if (key_error) fail(key_error, place(nullptr));
        if (i == N) {
            checker.check(found.value(), list);
            continue;
        }
        if (texts[i].start) throw Failure{listing_twice, place(person.keys[i])};
        likely = i + 1 < N ? i + 1 : 0;
        auto found_value = found.value();
        if (!read_plain(found_value, texts[i])) {
            std::string_view text;
            if (auto error = found_value.get_string().get(text)) {
                if (error == INCORRECT_TYPE && is_null(found_value, list)) throw Failure{listing_null, place(person.keys[i])};
                fail(error, place(person.keys[i]));
            }
            texts[i] = {text.data(), text.size()};
            // Only an escape can produce U+0000, at which other programs and libraries end a text.
            if (std::memchr(text.data(), 0, text.size())) throw Failure{listing_nul, place(person.keys[i])};
        }
        if (i == person.identifier && has_control(texts[i])) throw Failure{listing_control, place(person.keys[i])};
    }
    for (size_t i = 0; i < N; i++)
        if (!texts[i].start) throw Failure{listing_missing, place(person.keys[i])};
    person.take(context, texts);
}

/* Records that a member exists. */
void once(bool &is_there, const std::string &path) {
    if (is_there) throw Failure{listing_twice, path};
    is_there = true;
}

template <size_t N>
void read_list(
    ondemand::value value, const Person<N> &person, void *context, Checker &checker, const std::string &path) {
    if (is_null(value, path)) throw Failure{listing_null, path};
    size_t at = 0;
    for (auto element : need(value.get_array(), path)) {
        read_person(need(std::move(element), path), person, context, checker, path, at);
        at++;
    }
}

struct Listing {
    listing_handler handler;
    Checker checker;
    /* The value of errors, unless that is null. */
    std::string_view errors;
    bool has_errors = false, has_data = false, has_listing = false;
    bool is_ok = false, has_ok = false, has_users = false, has_invites = false;

    void read(ondemand::document &document) {
        // A document that is not JSON must not be reported as a wrong type.
        need(document.type(), "");
        for (auto field : need(document.get_object(), "")) {
            auto found = need(std::move(field), "");
            auto key = need(found.unescaped_key(), "");
            auto value = found.value();
            if (key == "errors") {
                once(has_errors, "errors");
                bool is_empty = is_null(value, "errors");
                auto bytes = checker.check(value, "errors");
                if (!is_empty) errors = bytes;
            } else if (key == "data") {
                once(has_data, "data");
                if (!is_null(value, "data")) read_data(need(value.get_object(), "data"));
            } else {
                checker.check(value, "");
            }
        }
        // An error here means that the end was reached.
        if (!document.current_location().error()) throw Failure{listing_not_json, ""};
        finish();
    }

    void read_data(ondemand::object data) {
        for (auto field : data) {
            auto found = need(std::move(field), "data");
            bool is_listing = need(found.unescaped_key(), "data") == "listUsers";
            auto value = found.value();
            if (!is_listing) {
                checker.check(value, "data");
                continue;
            }
            once(has_listing, "data.listUsers");
            if (is_null(value, "data.listUsers")) throw Failure{listing_null, "data.listUsers"};
            read_listing(need(value.get_object(), "data.listUsers"));
        }
    }

    void read_listing(ondemand::object listing) {
        const std::string path = "data.listUsers";
        const Person<4> user = {{"uid", "email", "name", "accountType"}, 0, handler.user};
        const Person<3> invite = {{"email", "accountType", "inviteStatus"}, 3, handler.invite};
        for (auto field : listing) {
            auto found = need(std::move(field), path);
            auto key = need(found.unescaped_key(), path);
            auto value = found.value();
            if (key == "ok") {
                once(has_ok, path + ".ok");
                if (is_null(value, path + ".ok")) throw Failure{listing_null, path + ".ok"};
                is_ok = need(value.get_bool(), path + ".ok");
            } else if (key == "activeUsers") {
                once(has_users, path + ".activeUsers");
                read_list(value, user, handler.context, checker, path + ".activeUsers");
            } else if (key == "invitedUsers") {
                once(has_invites, path + ".invitedUsers");
                read_list(value, invite, handler.context, checker, path + ".invitedUsers");
            } else {
                checker.check(value, path);
            }
        }
    }

    void finish() {
        if (!has_listing) throw Failure{listing_missing, "data.listUsers"};
        if (!has_ok) throw Failure{listing_missing, "data.listUsers.ok"};
        if (!is_ok) throw Failure{listing_not_ok, ""};
        if (!has_users) throw Failure{listing_missing, "data.listUsers.activeUsers"};
        if (!has_invites) throw Failure{listing_missing, "data.listUsers.invitedUsers"};
    }
};

/* The member errors of a response that could not be read to its end; empty if there is none. */
std::string_view find_errors(ondemand::parser &parser, padded_string_view text) {
    ondemand::document document;
    ondemand::value errors;
    if (parser.iterate(text).get(document) || document.find_field_unordered("errors").get(errors)) return {};
    try {
        return is_null(errors, "errors") ? std::string_view() : raw(errors, "errors");
    } catch (const Failure &) {
        return {};
    }
}

}  // namespace

listing_result listing_read(const char *json, size_t count, listing_handler handler) {
    listing_result result = {};
    try {
        padded_string_view text(json, count, count + json_room);
        Listing listing;
        listing.handler = handler;
        ondemand::parser parser;
        std::string_view errors;
        try {
            ondemand::document document;
            if (auto error = parser.iterate(text).get(document)) fail(error, "");
            listing.read(document);
            result.end = listing_ok;
            errors = listing.errors;
        } catch (const Failure &failure) {
            result.end = failure.end;
            std::strncpy(result.path, failure.path.c_str(), sizeof result.path - 1);
            // Errors in malformed JSON cannot be trusted.
            if (failure.end != listing_not_json && failure.end != listing_too_deep)
                errors = listing.errors.empty() ? find_errors(parser, text) : listing.errors;
        }
        result.errors = {errors.data(), errors.size()};
    } catch (const std::bad_alloc &) {
        result.end = listing_no_memory;
    } catch (const std::exception &) {
        result.end = listing_not_json;
    }
    return result;
}

int listing_is_done(const char *json, size_t count, const char *field) {
    // Created once for each thread, because creating a parser takes longer than reading a short response.
    thread_local ondemand::parser parser;
    ondemand::document document;
    if (parser.iterate(padded_string_view(json, count, count + json_room)).get(document)) return 0;
    bool ok = false;
    ondemand::object answer, data, done;
    if (document.get_object().get(answer)) return 0;
    for (auto member : answer) {
        ondemand::field found;
        if (std::move(member).get(found)) return 0;
        // Other members need a full check.
        if (ok || !is_plain(found.key().raw(), "data") || found.value().get_object().get(data)) return 0;
        for (auto entry : data) {
            if (std::move(entry).get(found)) return 0;
            if (ok || !is_plain(found.key().raw(), field) || found.value().get_object().get(done)) return 0;
            for (auto flag : done) {
                if (std::move(flag).get(found)) return 0;
                if (ok || !is_plain(found.key().raw(), "ok") || found.value().get_bool().get(ok) || !ok) return 0;
            }
        }
    }
    // An error here means that the end was reached.
    return ok && document.current_location().error();
}
