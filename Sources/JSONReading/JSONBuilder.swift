import CListing

/// Builds a value from the pieces of a text, and records the first fault.
final class JSONBuilder {
    private(set) var root: JSONValue?
    /// The first fault; nil if there is none.
    private(set) var fault: InvalidJSON?
    private let keepsValues: Bool
    private var open: [Container] = []

    /// An array or an object that is not complete.
    private struct Container {
        var isObject: Bool
        var list: [JSONValue] = []
        var members: [String: JSONValue] = [:]
        /// The name of the member whose value comes next.
        var name = ""

        var value: JSONValue { isObject ? .object(members) : .array(list) }
    }

    /// - Parameter keepsValues: whether values are needed, or only the fault.
    init(keepsValues: Bool) { self.keepsValues = keepsValues }

    func add(_ piece: json_piece) {
        switch piece.kind {
        case json_array: open.append(Container(isObject: false))
        case json_object: open.append(Container(isObject: true))
        case json_end: if let ended = open.popLast() { add(ended.value) }
        case json_name: begin(text(of: piece))
        case json_string:
            let text = text(of: piece)
            if text.utf8.contains(0) { note(.nul(place)) }
            add(.string(text))
        case json_integer: add(.integer(Int(piece.integer)))
        case json_number: add(.number(piece.number))
        case json_true: add(.bool(true))
        case json_false: add(.bool(false))
        default: add(.null)
        }
    }

    private func begin(_ name: String) {
        open[open.count - 1].name = name
        if name.utf8.contains(0) { note(.nul("the name of a member")) }
        if open[open.count - 1].members[name] != nil { note(.twice(place)) }
    }

    private func add(_ found: JSONValue) {
        let value = keepsValues ? found : .null
        guard let last = open.indices.last else { return root = value }
        if open[last].isObject { open[last].members[open[last].name] = value } else { open[last].list.append(value) }
    }

    private func text(of piece: json_piece) -> String {
        String(decoding: UnsafeRawBufferPointer(start: piece.text, count: piece.count), as: UTF8.self)
    }

    private func note(_ found: InvalidJSON) { fault = fault ?? found }

    /// The current position: `errors[0].message`.
    private var place: String {
        let place = open.reduce(into: "") { place, container in
            place += container.isObject ? (place.isEmpty ? "" : ".") + container.name : "[\(container.list.count)]"
        }
        return place.isEmpty ? "the text" : place
    }
}
