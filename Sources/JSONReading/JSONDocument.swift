import CListing

/// A valid JSON text (RFC 8259) without duplicate names in an object, and without NUL characters in texts.
///
/// All external JSON is read here, except for listings of users: they have millions of texts, and `RosterDecoder` reads
/// them by the same rules.
public struct JSONDocument: Sendable {
    /// The number of bytes after the end of a text that the parser may read; see ``init(roomBehind:)``.
    public static let room = Int(json_room)

    /// The value of the whole text.
    public let root: JSONValue

    /// Reads a text in place. The ``room`` bytes after its end must be readable; their values do not matter.
    ///
    /// - Throws: ``InvalidJSON``; then no part of the text can be trusted.
    public init(roomBehind text: UnsafeRawBufferPointer) throws(InvalidJSON) {
        root = try Self.read(text, JSONBuilder(keepsValues: true))
    }

    /// Reads a copy of a text.
    ///
    /// - Throws: ``InvalidJSON``; then no part of the text can be trusted.
    public init(_ text: some Collection<UInt8>) throws(InvalidJSON) {
        root = try Self.read(copy: text, JSONBuilder(keepsValues: true))
    }

    /// Checks a text without keeping its values, before another library decodes it.
    ///
    /// - Throws: ``InvalidJSON``; then no part of the text can be trusted.
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

/// Why a text is not accepted as JSON.
public enum InvalidJSON: Error, Hashable, Sendable {
    /// It is not JSON, or incomplete.
    case notJSON
    /// Its arrays and objects are nested too deep.
    case tooDeep
    /// There is not enough memory to read it.
    case noMemory
    /// A name occurs twice in one object, so that the value is ambiguous.
    case twice(String)
    /// A text contains the character U+0000, at which some programs end it.
    case nul(String)
    /// A text contains half of a surrogate pair, such as `\ud800`, which is no character.
    case surrogate(String)

    /// What is wrong, and where; follows "JSON" and may contain external names. nil if the text is not JSON at all.
    public var problem: String? {
        switch self {
        case .notJSON: nil
        case .tooDeep: "that is nested more than \(json_depth) levels deep"
        case .noMemory: "for which there is not enough memory"
        case .twice(let place): "in which \(place) comes twice"
        case .nul(let place): "in which \(place) has a NUL character"
        case .surrogate(let place): "in which \(place) has half of a surrogate pair"
        }
    }
}
