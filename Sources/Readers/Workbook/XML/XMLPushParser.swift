import CExpat

/// Receives the elements and texts of a document, in order.
protocol XMLHandler: AnyObject {
    func begin(_ name: XMLName, _ attributes: XMLAttributes) throws(PartFault)
    /// - Parameter bytes: UTF-8, possibly only a piece of the text; includes CDATA.
    func text(_ bytes: UnsafeBufferPointer<UInt8>) throws(PartFault)
    func end() throws(PartFault)
}

/// Parses a document piece by piece with expat; the only place that uses its pointers.
///
/// Document types, and so custom entities, are refused, and so are encodings other than UTF-8 and UTF-16: ECMA-376 part
/// 2 allows no others.
final class XMLPushParser {
    /// The maximum number of bytes in one tag, comment or instruction, which limits what expat keeps in memory.
    private static let longestToken = 1 << 20

    private let parser: XML_Parser
    private let handler: any XMLHandler
    private var fault: PartFault?
    private var surrogates = SurrogateCheck()
    private var fed = 0

    init(_ handler: any XMLHandler) {
        self.handler = handler
        guard let parser = XML_ParserCreateNS(nil, XMLName.separator) else { fatalError("out of memory") }
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

    /// Parses the next bytes of the document, and calls the handler for all complete elements and texts.
    ///
    /// - Parameter bytes: empty only at the end of the document.
    /// - Returns: why parsing stopped; nil if it can continue.
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

    /// Calls the handler from a callback of expat, where errors cannot be thrown: the error is stored, and parsing
    /// stops.
    private static func of(_ owner: UnsafeMutableRawPointer?, _ tell: (any XMLHandler) throws(PartFault) -> Void) {
        guard let owner else { return }
        let parser = Unmanaged<XMLPushParser>.fromOpaque(owner).takeUnretainedValue()
        // expat may call back after it was stopped.
        guard parser.fault == nil else { return }
        do throws(PartFault) {
            try tell(parser.handler)
        } catch {
            parser.fault = error
            XML_StopParser(parser.parser, 0)
        }
    }
}
