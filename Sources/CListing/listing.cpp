#include "listing.h"

#include <simdjson.h>

#include <cstring>
#include <string>

using namespace simdjson;

namespace {

struct Failure {
    listing_end end;
    std::string path;
};

/* A failure of the parser itself, or a value of another type than was asked for. */
[[noreturn]] void fail(error_code error, const std::string &path) {
    if (error == INCORRECT_TYPE) throw Failure{listing_type, path};
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

/* The members that a person must have, in the order in which they are handed out. */
template <size_t N>
struct Person {
    const char *keys[N];
    void (*take)(void *, const listing_text[]);
};

std::string member(const std::string &path, const char *key) { return path.empty() ? key : path + "." + key; }

template <size_t N>
void read_person(ondemand::value value, const Person<N> &person, void *context, const std::string &list, size_t at) {
    // Names of places are put together only where something is wrong.
    auto place = [&](const char *key) { return list + "[" + std::to_string(at) + "]" + (key ? std::string(".") + key : ""); };
    ondemand::object object;
    if (auto error = value.get_object().get(object)) {
        if (error == INCORRECT_TYPE && is_null(value, list)) throw Failure{listing_null, place(nullptr)};
        fail(error, place(nullptr));
    }
    listing_text texts[N] = {};
    for (auto field : object) {
        ondemand::field found;
        if (auto error = std::move(field).get(found)) fail(error, place(nullptr));
        std::string_view key;
        if (auto error = found.unescaped_key().get(key)) fail(error, place(nullptr));
        for (size_t i = 0; i < N; i++) {
            if (key != person.keys[i]) continue;
            std::string_view text;
            auto found_value = found.value();
            if (auto error = found_value.get_string().get(text)) {
                if (error == INCORRECT_TYPE && is_null(found_value, list))
                    throw Failure{listing_null, place(person.keys[i])};
                fail(error, place(person.keys[i]));
            }
            texts[i] = {text.data(), text.size()};
        }
    }
    for (size_t i = 0; i < N; i++)
        if (!texts[i].start) throw Failure{listing_missing, place(person.keys[i])};
    person.take(context, texts);
}

/* - Returns: whether there is a list, and not null. */
template <size_t N>
bool read_list(ondemand::value value, const Person<N> &person, void *context, const std::string &path) {
    if (is_null(value, path)) return false;
    size_t at = 0;
    for (auto element : need(value.get_array(), path)) {
        read_person(need(std::move(element), path), person, context, path, at);
        at++;
    }
    return true;
}

struct Listing {
    listing_handler handler;
    bool has_errors = false, has_listing = false, is_ok = false, has_ok = false, has_users = false, has_invites = false;

    void read(ondemand::document &document) {
        // What begins like nothing that JSON has is no value of another type.
        need(document.type(), "");
        for (auto field : need(document.get_object(), "")) {
            auto found = need(std::move(field), "");
            auto key = need(found.unescaped_key(), "");
            auto value = found.value();
            if (key == "errors") {
                has_errors = !is_null(value, "errors");
            } else if (key == "data" && !is_null(value, "data")) {
                read_data(need(value.get_object(), "data"));
            }
        }
        // At the end there is no location left.
        if (!document.current_location().error()) throw Failure{listing_not_json, ""};
        finish();
    }

    void read_data(ondemand::object data) {
        for (auto field : data) {
            auto found = need(std::move(field), "data");
            if (need(found.unescaped_key(), "data") != "listUsers") continue;
            auto value = found.value();
            if (is_null(value, "data.listUsers")) continue;
            has_listing = true;
            read_listing(need(value.get_object(), "data.listUsers"));
        }
    }

    void read_listing(ondemand::object listing) {
        const std::string path = "data.listUsers";
        const Person<4> user = {{"uid", "email", "name", "accountType"}, handler.user};
        const Person<3> invite = {{"email", "accountType", "inviteStatus"}, handler.invite};
        for (auto field : listing) {
            auto found = need(std::move(field), path);
            auto key = need(found.unescaped_key(), path);
            auto value = found.value();
            if (key == "ok") {
                if (is_null(value, path + ".ok")) throw Failure{listing_null, path + ".ok"};
                has_ok = true;
                is_ok = need(value.get_bool(), path + ".ok");
            } else if (key == "activeUsers") {
                has_users = read_list(value, user, handler.context, path + ".activeUsers");
            } else if (key == "invitedUsers") {
                has_invites = read_list(value, invite, handler.context, path + ".invitedUsers");
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

}  // namespace

listing_result listing_read(const char *json, size_t count, listing_handler handler) {
    listing_result result = {};
    Listing listing;
    listing.handler = handler;
    try {
        // The parser reads some bytes beyond the end, and so wants room behind it.
        padded_string padded(json, count);
        ondemand::parser parser;
        ondemand::document document;
        if (auto error = parser.iterate(padded).get(document)) fail(error, "");
        listing.read(document);
        result.end = listing_ok;
    } catch (const Failure &failure) {
        result.end = failure.end;
        std::strncpy(result.path, failure.path.c_str(), sizeof result.path - 1);
    } catch (const std::exception &) {
        result.end = listing_not_json;
    }
    result.has_errors = listing.has_errors;
    return result;
}
