/// The table of texts to which cells refer by number, in one block of memory.
struct SharedStrings {
    /// All texts in UTF-8, one after the other.
    private var bytes: [UInt8] = []
    /// The end of each text; 32 bits are enough, because the limit for unpacked parts is below 4 GB.
    private var ends: [UInt32] = []

    init() {}

    /// A text by its number; nil if there is none.
    subscript(number: Int) -> String? {
        guard ends.indices.contains(number) else { return nil }
        let start = number == 0 ? 0 : Int(ends[number - 1])
        return String(decoding: bytes[start..<Int(ends[number])], as: UTF8.self)
    }

    var count: Int { ends.count }

    /// Appends a text.
    mutating func append(_ text: String) {
        bytes.append(contentsOf: text.utf8)
        ends.append(UInt32(bytes.count))
    }
}

extension SharedStrings {
    /// Reads a table.
    ///
    /// - Throws: ``WorkbookError``
    init(_ part: consuming PartReader) throws { self = try part.parse(Grammar()).texts }

    private struct Grammar: PartGrammar {
        enum Place {
            case table, text(RichText.Place), aside, foreign
        }

        var texts = SharedStrings()
        private var text = RichText()

        mutating func enter(
            _ name: XMLName, in parent: Place?, _ attributes: XMLAttributes
        ) throws(PartFault) -> Place {
            switch (parent, name) {
            case (nil, .sheet("sst")): return .table
            case (.table, .sheet("si")):
                text.begin()
                return .text(.whole)
            case (nil, _): throw .root("sst")
            case (.text(.text), _), (_, .sheet("si")), (.foreign, .sheet): throw .misplaced(name.local)
            case (.text(let place), .sheet(let name)): return .text(try text.enter(name, in: place))
            case (.table, .other), (.text, .other), (.foreign, _): return .foreign
            default: return .aside
            }
        }

        mutating func add(_ piece: UnsafeBufferPointer<UInt8>, in place: Place) throws(PartFault) {
            if case .text(let place) = place, !text.add(piece, in: place) { throw .textTooLong(number: texts.count) }
        }

        mutating func leave(_ place: Place) {
            if case .text(.whole) = place { texts.append(ExcelEscapes.removed(from: text.bytes)) }
        }
    }
}
