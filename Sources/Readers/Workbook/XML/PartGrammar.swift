/// What the elements of a part mean, by where they stand.
protocol PartGrammar {
    /// What an element is.
    associatedtype Place

    /// An element begins.
    ///
    /// - Parameters:
    ///   - parent: what it stands in; nil for the root.
    /// - Returns: what it is.
    mutating func enter(_ name: XMLName, in parent: Place?, _ attributes: XMLAttributes) throws(PartFault) -> Place
    /// A piece of text stands in an element.
    mutating func add(_ text: UnsafeBufferPointer<UInt8>, in place: Place) throws(PartFault)
    /// An element ends.
    mutating func leave(_ place: Place) throws(PartFault)
}

/// Follows a document with a grammar.
private final class Walk<Grammar: PartGrammar>: XMLHandler {
    /// Elements in elements; what programs write is about a dozen deep.
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

/// One part of a workbook: its name, and where its bytes come from.
struct PartReader {
    let name: String
    var source: any ByteSource

    /// How much of a part is in memory at a time.
    private static let piece = 1 << 16

    /// Reads the part to its end.
    ///
    /// - Parameters:
    ///   - grammar: what its elements mean.
    ///   - afterPiece: called now and then with what was found so far, also with what stands before a fault.
    /// - Returns: what was found.
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
