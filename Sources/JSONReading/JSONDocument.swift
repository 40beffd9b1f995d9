import CListing

/// A JSON text, valid as a whole (RFC 8259): no names twice in an object, and no NUL character in any text.
///
/// All JSON from outside is read here, except for listings of users: they have millions of texts and are read by
/// `RosterDecoder`, by the same rules.
public struct JSONDocument: Sendable {
    /// How many bytes behind the end of a text the parser may read; see ``init(roomBehind:)``.
    public static let room = Int(json_room)

    /// The value of the whole text.
    public let root: JSONValue

    /// Reads a text in place. The ``room`` bytes behind its end must be readable; their values do not matter.
    ///
    /// - Throws: why nothing in it can be trusted.
    public init(roomBehind text: UnsafeRawBufferPointer) throws(InvalidJSON) {
        root = try Self.read(text, JSONBuilder(keepsValues: true))
    }

    /// Reads a copy of a text.
    ///
    /// - Throws: why nothing in it can be trusted.
    public init(_ text: some Collection<UInt8>) throws(InvalidJSON) {
        root = try Self.read(copy: text, JSONBuilder(keepsValues: true))
    }

    /// Checks a text without keeping its values, before another library decodes it.
    ///
    /// - Throws: why nothing in it can be trusted.
    public static func check(_ text: some Collection<UInt8>) throws(InvalidJSON) {
        _ = try read(copy: text, JSONBuilder(keepsValues: false))
    }

    private static func read(
        copy text: some Collection<UInt8>, _ builder: JSONBuilder
    ) throws(InvalidJSON) -> JSONValue {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count + room)
        bytes += text
        bytes += repeatElement(0, count: room)
        return try bytes.withUnsafeBufferPointer { bytes throws(InvalidJSON) in
            try read(UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(bytes).dropLast(room)), builder)
        }
    }

    private static func read(
        _ text: UnsafeRawBufferPointer, _ builder: JSONBuilder
    ) throws(InvalidJSON) -> JSONValue {
        let start = text.baseAddress?.assumingMemoryBound(to: CChar.self)
        let result = json_read(start, text.count, Unmanaged.passUnretained(builder).toOpaque()) { context, piece in
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
public enum InvalidJSON: Error, Hashable, Sendable {
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
    public var problem: String? {
        switch self {
        case .notJSON: nil
        case .tooDeep: "that is nested more than \(json_depth) levels deep"
        case .noMemory: "that there is no memory to read"
        case .twice(let place): "in which \(place) comes twice"
        case .nul(let place): "in which \(place) has a NUL character"
        }
    }
}
