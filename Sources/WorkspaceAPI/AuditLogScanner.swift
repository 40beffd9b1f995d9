import Domain
import JSONReading

/// Splits a response of `getAuditLogs` that comes in pieces: the elements of `data.getAuditLogs.auditLogs` are passed on in
/// batches, and the rest is kept.
///
/// Every byte is in a batch or in the rest in the end: if all of them are JSON, the whole response is. Memory does not grow
/// with the number of elements.
struct AuditLogScanner {
    /// The path of the array whose elements are passed on.
    static let path = ["data", "getAuditLogs", "auditLogs"]
    /// The size from which elements are passed on, in bytes.
    private let batchSize: Int
    /// The maximum size of one element, and of everything besides the elements, in bytes.
    private let longest: Int
    /// Called with a batch as an array, and the number of elements before it; returns the number of its elements.
    private let onBatch: ([UInt8], Int) throws(UnusableListing) -> Int

    /// Everything besides the elements: the response with an empty array.
    private var rest: [UInt8] = []
    /// The text of elements that have not been passed on, without the brackets of the array.
    private var batch: [UInt8] = []
    /// The number of elements that have been passed on.
    private(set) var count = 0

    private var isInString = false
    private var isEscaped = false
    /// The number of arrays and objects that are open outside of the elements.
    private var depth = 0
    /// The number of arrays and objects that are open within an element.
    private var depthInElement = 0
    private var isInElements = false
    /// Whether a comma before the batch shows that it must have an element.
    private var isContinued = false
    /// Where the last string in `rest` begins and ends, with its quotes.
    private var lastString = 0..<0
    /// For each of the outermost levels: whether it is an object, and the name of its current member.
    private var levels: [(isObject: Bool, name: String?)] = []

    /// - Parameters:
    ///   - batchSize: the size from which elements are passed on, in bytes.
    ///   - longest: the maximum size of one element, and of everything besides the elements, in bytes.
    ///   - onBatch: called with a batch as an array in JSON, and the number of elements before it; returns the number of its
    ///     elements, or throws if it is not JSON.
    init(
        batchSize: Int = 256 << 10, longest: Int = 16 << 20,
        onBatch: @escaping ([UInt8], Int) throws(UnusableListing) -> Int
    ) {
        self.batchSize = batchSize
        self.longest = longest
        self.onBatch = onBatch
    }

    /// Takes the next piece of the response.
    mutating func take(_ piece: UnsafeRawBufferPointer) throws(UnusableListing) {
        var place = 0
        while place < piece.count {
            place = isInElements ? try takeElements(piece, from: place) : try takeRest(piece, from: place)
        }
    }

    /// Ends the response.
    ///
    /// - Returns: the response with an empty array in place of the elements.
    /// - Throws: ``UnusableListing`` if the response is incomplete.
    func finish() throws(UnusableListing) -> [UInt8] {
        guard !isInElements else { throw .notJSON }
        return rest
    }

    /// Takes bytes besides the elements up to the beginning of the array.
    ///
    /// - Returns: the place of the first byte that was not taken.
    private mutating func takeRest(_ piece: UnsafeRawBufferPointer, from start: Int) throws(UnusableListing) -> Int {
        for place in start..<piece.count {
            let byte = piece[place]
            guard rest.count < longest else {
                throw .shape("it has more than \(longest.grouped) bytes besides events")
            }
            rest.append(byte)
            if isInString {
                endString(byte)
                if !isInString { lastString = lastString.lowerBound..<rest.count }
                continue
            }
            switch byte {
            case UInt8(ascii: "\""):
                isInString = true
                lastString = rest.count - 1..<rest.count
            case UInt8(ascii: ":") where depth == levels.count && depth > 0:
                levels[depth - 1].name = name
            case UInt8(ascii: "{"): open(isObject: true)
            case UInt8(ascii: "["):
                open(isObject: false)
                guard isAtElements else { continue }
                isInElements = true
                isContinued = false
                return place + 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"): close()
            default: break
            }
        }
        return piece.count
    }

    /// Takes bytes of elements up to the end of the array, which is left.
    private mutating func takeElements(
        _ piece: UnsafeRawBufferPointer, from start: Int
    ) throws(UnusableListing) -> Int {
        for place in start..<piece.count {
            let byte = piece[place]
            if isInString {
                endString(byte)
                continue
            }
            switch byte {
            case UInt8(ascii: "\""): isInString = true
            case UInt8(ascii: "{"), UInt8(ascii: "["): depthInElement += 1
            case UInt8(ascii: "]") where depthInElement == 0:
                append(piece, start..<place)
                try passOn(isLast: true)
                isInElements = false
                return place
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                depthInElement -= 1
                guard depthInElement >= 0 else { throw .notJSON }
            case UInt8(ascii: ",") where depthInElement == 0 && batch.count + place - start >= batchSize:
                append(piece, start..<place)
                try passOn(isLast: false)
                return place + 1
            default: break
            }
        }
        append(piece, start..<piece.count)
        guard batch.count <= longest else { throw .shape("it has an event of more than \(longest.grouped) bytes") }
        return piece.count
    }

    private mutating func endString(_ byte: UInt8) {
        if isEscaped {
            isEscaped = false
        } else if byte == UInt8(ascii: "\\") {
            isEscaped = true
        } else if byte == UInt8(ascii: "\"") {
            isInString = false
        }
    }

    private mutating func append(_ piece: UnsafeRawBufferPointer, _ range: Range<Int>) {
        batch.append(contentsOf: UnsafeRawBufferPointer(rebasing: piece[range]))
    }

    /// Reads the batch. A comma before or behind it shows that it must have an element.
    private mutating func passOn(isLast: Bool) throws(UnusableListing) {
        let found = try onBatch([UInt8(ascii: "[")] + batch + [UInt8(ascii: "]")], count)
        batch.removeAll(keepingCapacity: true)
        guard found > 0 || (isLast && !isContinued) else { throw .notJSON }
        isContinued = !isLast
        count += found
    }

    /// The name in the last string.
    private var name: String? {
        let text = Array(rest[lastString])
        return (try? JSONDocument(text))?.root.text
    }

    private mutating func open(isObject: Bool) {
        if depth == levels.count, depth < Self.path.count + 1 { levels.append((isObject, nil)) }
        depth += 1
    }

    private mutating func close() {
        depth = max(0, depth - 1)
        if levels.count > depth { levels.removeLast(levels.count - depth) }
    }

    /// Whether the array that has just begun is the one with the elements.
    private var isAtElements: Bool {
        depth == Self.path.count + 1 && levels.count == depth && levels.last?.isObject == false
            && zip(levels, Self.path).allSatisfy { $0.isObject && $0.name == $1 }
    }
}
