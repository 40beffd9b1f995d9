import CExpat

/// What is told of the elements and the texts of a document, in its order.
protocol XMLHandler: AnyObject {
    func begin(_ name: XMLName, _ attributes: XMLAttributes) throws(PartFault)
    /// - Parameter bytes: UTF-8, and perhaps only a piece of the text; CDATA is text like any other.
    func text(_ bytes: UnsafeBufferPointer<UInt8>) throws(PartFault)
    func end() throws(PartFault)
}

/// expat, which takes a document piece by piece; the only place that touches its pointers.
///
/// No document type and so no entity of a document's own is accepted, and no encoding but UTF-8 and UTF-16: those are
/// what parts of a package may have (ECMA-376 part 2).
final class XMLPushParser {
    /// The most bytes in one tag, comment or instruction, which is the most that expat keeps of a document.
    private static let longestToken = 1 << 20

    private let parser: XML_Parser
    private let handler: any XMLHandler
    private var fault: PartFault?
    private var surrogates = SurrogateCheck()
    private var fed = 0

    init(_ handler: any XMLHandler) {
        self.handler = handler
        guard let parser = XML_ParserCreateNS(nil, XMLName.separator) else { fatalError("no memory is left") }
        self.parser = parser
        XML_SetUserData(parser, Unmanaged.passUnretained(self).toOpaque())
        XML_SetElementHandler(
            parser,
            { owner, name, attributes in
                guard let name, let attributes else { return }
                XMLPushParser.of(owner) { handler throws(PartFault) in
                    try handler.begin(XMLName(name), XMLAttributes(attributes))
                }
            }, { owner, _ in XMLPushParser.of(owner) { handler throws(PartFault) in try handler.end() } })
        XML_SetCharacterDataHandler(parser) { owner, text, count in
            guard let text else { return }
            text.withMemoryRebound(to: UInt8.self, capacity: Int(count)) { bytes in
                XMLPushParser.of(owner) { handler throws(PartFault) in
                    try handler.text(UnsafeBufferPointer(start: bytes, count: Int(count)))
                }
            }
        }
        XML_SetStartDoctypeDeclHandler(parser) { owner, _, _, _, _ in
            XMLPushParser.of(owner) { _ throws(PartFault) in throw .documentType }
        }
        XML_SetXmlDeclHandler(parser) { owner, version, encoding, _ in
            let version = version.map { String(cString: $0) }
            let encoding = encoding.map { String(cString: $0) }
            XMLPushParser.of(owner) { _ throws(PartFault) in
                if let version, version != "1.0" { throw .version(version) }
                if let encoding, !["UTF-8", "UTF-16"].contains(encoding.uppercased()) { throw .encoding(encoding) }
            }
        }
    }

    deinit { XML_ParserFree(parser) }

    /// Takes the next bytes of the document, and tells the handler of what is whole in them.
    ///
    /// - Parameter bytes: none at the end of the document, and only there.
    /// - Returns: why the document is not read on; nil if it is.
    func feed(_ bytes: UnsafeRawBufferPointer) -> PartFault? {
        let valid = surrogates.valid(bytes)
        let status = XML_Parse(
            parser, bytes.baseAddress?.assumingMemoryBound(to: XML_Char.self), Int32(valid), bytes.isEmpty ? 1 : 0)
        if let fault { return fault }
        guard status != XML_STATUS_ERROR else { return error }
        if valid < bytes.count { return .malformed(reason: "half of a surrogate pair", line: line) }
        fed += bytes.count
        return fed - Int(XML_GetCurrentByteIndex(parser)) > Self.longestToken ? .tooLong(line: line) : nil
    }

    private var line: Int { Int(clamping: XML_GetCurrentLineNumber(parser)) }

    private var error: PartFault {
        let code = XML_GetErrorCode(parser)
        return .malformed(reason: XML_ErrorString(code).map { String(cString: $0) } ?? "\(code.rawValue)", line: line)
    }

    /// Runs what is told from within expat, where no error can be thrown: it is kept, and the document ends there.
    private static func of(_ owner: UnsafeMutableRawPointer?, _ tell: (any XMLHandler) throws(PartFault) -> Void) {
        guard let owner else { return }
        let parser = Unmanaged<XMLPushParser>.fromOpaque(owner).takeUnretainedValue()
        // expat may have more to tell after it was stopped.
        guard parser.fault == nil else { return }
        do throws(PartFault) {
            try tell(parser.handler)
        } catch {
            parser.fault = error
            XML_StopParser(parser.parser, 0)
        }
    }
}
