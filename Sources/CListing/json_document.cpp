#include "json_document.h"

#include <simdjson.h>

using namespace simdjson;

namespace {

struct Handler {
    void *context;
    void (*found)(void *, const json_piece *);

    void hand(json_kind kind, std::string_view text = {}, double number = 0, int64_t integer = 0) const {
        json_piece piece = {kind, text.data(), text.size(), number, integer};
        found(context, &piece);
    }

    /* The recursion is limited, because the parser checks json_depth. */
    void hand(dom::element element) const {
        dom::array array;
        dom::object object;
        std::string_view text;
        bool flag = false;
        double number = 0;
        int64_t integer = 0;
        if (!element.get(array)) {
            hand(json_array);
            for (dom::element each : array) hand(each);
            hand(json_end);
        } else if (!element.get(object)) {
            hand(json_object);
            for (dom::key_value_pair each : object) {
                hand(json_name, each.key);
                hand(each.value);
            }
            hand(json_end);
        } else if (!element.get(text)) {
            hand(json_string, text);
        } else if (!element.get(flag)) {
            hand(flag ? json_true : json_false);
        } else if (!element.get(integer)) {
            hand(json_integer, {}, 0, integer);
        } else if (!element.get(number)) {
            hand(json_number, {}, number);
        } else {
            hand(json_null);
        }
    }
};

}  // namespace

json_result json_read(
    const char *json, size_t count, void *context, void (*found)(void *context, const json_piece *piece)) {
    try {
        dom::parser parser;
        dom::element root;
        if (parser.allocate(count, json_depth)) return json_no_memory;
        switch (parser.parse(json, count, false).get(root)) {
        case SUCCESS: break;
        case DEPTH_ERROR: return json_too_deep;
        case MEMALLOC: return json_no_memory;
        default: return json_invalid;
        }
        Handler{context, found}.hand(root);
        return json_ok;
    } catch (const std::bad_alloc &) {
        return json_no_memory;
    }
}
