/// Defines the meaning of the elements of a part, by their position.
protocol PartGrammar {
    /// The meaning of an element in its position.
    associatedtype Place

    /// Processes the beginning of an element.
    ///
    /// - Parameters:
    ///   - parent: the enclosing element; nil for the root.
    /// - Returns: the meaning of the element.
    mutating func enter(_ name: XMLName, in parent: Place?, _ attributes: XMLAttributes) throws(PartFault) -> Place
    /// Processes a piece of text in an element.
    mutating func add(_ text: UnsafeBufferPointer<UInt8>, in place: Place) throws(PartFault)
    /// Processes the end of an element.
    mutating func leave(_ place: Place) throws(PartFault)
}

/// Passes the events of a document to a grammar.
private final class Walk<Grammar: PartGrammar>: XMLHandler {
    /// The maximum depth of nested elements; programs write about a dozen levels.
    private static var deepest: Int { 100 }

    var grammar: Grammar
    private var path: [Grammar.Place] = []

    init(_ grammar: Grammar) { self.grammar = grammar }

    func begin(_ name: XMLName, _ attributes: XMLAttributes) throws(PartFault) {
        guard path.count < Self.deepest else { throw .tooDeep }
        path.append(try grammar.enter(name, in: path.last, attributes))
    }

    func text(_ bytes: UnsafeBufferPointer<UInt8>) throws(PartFault) {
        if let place = path.last { try grammar.add(bytes, in: place) }
    }

    func end() throws(PartFault) {
        if let place = path.popLast() { try grammar.leave(place) }
    }
}

/// One part of a workbook: its name and the source of its bytes.
struct PartReader {
    let name: String
    var source: any ByteSource

    /// The number of bytes that are in memory at a time.
    private static let piece = 1 << 16

    /// Reads the part to its end.
    ///
    /// - Parameters:
    ///   - grammar: the meaning of its elements.
    ///   - afterPiece: called after each piece with the results so far, also if a fault follows.
    /// - Returns: the grammar with the results.
    /// - Throws: ``WorkbookError``, or what `afterPiece` throws.
    mutating func parse<Grammar: PartGrammar>(
        _ grammar: Grammar, afterPiece: (inout Grammar) throws -> Void = { _ in }
    ) throws -> Grammar {
        let walk = Walk(grammar)
        let parser = XMLPushParser(walk)
        return try withUnsafeTemporaryAllocation(byteCount: Self.piece, alignment: 1) { buffer in
            while true {
                let count = try source.read(into: buffer)
                let fault = parser.feed(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
                try afterPiece(&walk.grammar)
                if let fault { throw WorkbookError.part(name, fault) }
                if count == 0 { return walk.grammar }
            }
        }
    }
}
