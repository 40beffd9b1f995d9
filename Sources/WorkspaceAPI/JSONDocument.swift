import CListing
import Foundation

/// A small answer, valid as a whole (RFC 8259): no names twice in an object, and no NUL character in any text.
///
/// A listing has millions of texts, and ``RosterDecoder`` reads it; errors and everything else are read here.
struct JSONDocument {
    /// What the text is.
    let root: JSONValue

    /// Reads a whole body.
    ///
    /// - Throws: why nothing in it can be trusted.
    init(_ body: ResponseBody) throws(InvalidJSON) {
        root = try body.withUnsafeBytes { bytes throws(InvalidJSON) in
            try Self.read(bytes.baseAddress?.assumingMemoryBound(to: CChar.self), bytes.count)
        }
    }

    /// Reads a value that lies in a body.
    ///
    /// - Throws: why nothing in it can be trusted.
    init(_ text: listing_text) throws(InvalidJSON) { root = try Self.read(text.start, text.count) }

    private static func read(_ start: UnsafePointer<CChar>?, _ count: Int) throws(InvalidJSON) -> JSONValue {
        let builder = JSONBuilder()
        let result = json_read(start, count, Unmanaged.passUnretained(builder).toOpaque()) { context, piece in
            guard let context, let piece else { return }
            Unmanaged<JSONBuilder>.fromOpaque(context).takeUnretainedValue().add(piece.pointee)
        }
        switch result {
        case json_ok: break
        case json_too_deep: throw .tooDeep
        case json_no_memory: throw .noMemory
        default: throw .notJSON
        }
        if let fault = builder.fault { throw fault }
        guard let root = builder.root else { throw .notJSON }
        return root
    }
}

/// Why a text is not taken for JSON.
enum InvalidJSON: Error, Equatable {
    /// It is not JSON, or not all of it.
    case notJSON
    /// Its arrays and objects are nested too deep.
    case tooDeep
    /// There is no memory to read it.
    case noMemory
    /// A name comes twice in one object, so that either value may be meant.
    case twice(String)
    /// A text has the character U+0000, at which some programs end it.
    case nul(String)

    /// What is wrong, and where, to follow "JSON"; it holds names from outside. Nil if it is no JSON in the first place.
    var problem: String? {
        switch self {
        case .notJSON: nil
        case .tooDeep: "that is nested more than \(json_depth) levels deep"
        case .noMemory: "that there is no memory to read"
        case .twice(let place): "in which \(place) comes twice"
        case .nul(let place): "in which \(place) has a NUL character"
        }
    }
}

/// Puts the pieces of a text together.
private final class JSONBuilder {
    private(set) var root: JSONValue?
    /// The first thing that is wrong.
    private(set) var fault: InvalidJSON?
    private var open: [Container] = []

    /// An array or an object that has not ended.
    private struct Container {
        var isObject: Bool
        var list: [JSONValue] = []
        var members: [String: JSONValue] = [:]
        /// The name of the member whose value comes next.
        var name = ""

        var value: JSONValue { isObject ? .object(members) : .array(list) }
    }

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

    private func add(_ value: JSONValue) {
        guard let last = open.indices.last else { return root = value }
        if open[last].isObject { open[last].members[open[last].name] = value } else { open[last].list.append(value) }
    }

    private func text(of piece: json_piece) -> String {
        String(decoding: UnsafeRawBufferPointer(start: piece.text, count: piece.count), as: UTF8.self)
    }

    private func note(_ found: InvalidJSON) { fault = fault ?? found }

    /// Where the reading is: `errors[0].message`.
    private var place: String {
        let place = open.reduce(into: "") { place, container in
            place += container.isObject ? (place.isEmpty ? "" : ".") + container.name : "[\(container.list.count)]"
        }
        return place.isEmpty ? "the text" : place
    }
}
