/// The relationships of one part (ECMA-376 part 2).
struct Relationships {
    struct Target {
        /// The kind of part, for example `worksheet`; nil for a kind of another vocabulary.
        var kind: String?
        /// nil if the target is not a part of this package.
        var part: PartName?
    }

    private var targets: [String: Target] = [:]

    /// The target of a relationship; nil if there is none with this identifier.
    subscript(id: String) -> Target? { targets[id] }

    /// The only part of a kind; nil if there is none.
    ///
    /// - Throws: ``PartFault`` if there are several, or it is not a part of this package.
    func part(of kind: String) throws(PartFault) -> PartName? {
        let found = targets.filter { $0.value.kind == kind }
        guard let first = found.first else { return nil }
        guard found.count == 1, let part = first.value.part else { throw .relationship(first.key) }
        return part
    }
}

extension Relationships {
    /// Reads the relationships of a part.
    ///
    /// - Parameter source: the part; nil for the package itself.
    /// - Throws: ``WorkbookError``
    init(of source: PartName?, in archive: ZipArchive) throws {
        guard let name = PartName.relationships(of: source), var part = try archive.part(name) else {
            throw WorkbookError.notAWorkbook
        }
        targets = try part.parse(Grammar(source: source)).targets
    }

    private struct Grammar: PartGrammar {
        enum Place {
            case list, aside
        }

        let source: PartName?
        var targets: [String: Target] = [:]

        private static let vocabularies = [
            "http://schemas.openxmlformats.org/officeDocument/2006/relationships/",
            "http://purl.oclc.org/ooxml/officeDocument/relationships/",
        ]

        mutating func enter(
            _ name: XMLName, in parent: Place?, _ attributes: XMLAttributes
        ) throws(PartFault) -> Place {
            switch (parent, name) {
            case (nil, .package("Relationships")): return .list
            case (nil, _): throw .root("Relationships")
            case (.list, .package("Relationship")): try add(attributes)
            case (_, .package): throw .misplaced(name.local)
            default: break
            }
            return .aside
        }

        private mutating func add(_ attributes: XMLAttributes) throws(PartFault) {
            let id = attributes["Id"] ?? ""
            let type = attributes["Type"] ?? ""
            let kind = Self.vocabularies.first { type.hasPrefix($0) }.map { String(type.dropFirst($0.count)) }
            let isInside = [nil, "Internal"].contains(attributes["TargetMode"])
            let part = isInside ? attributes["Target"].flatMap { PartName(target: $0, from: source) } : nil
            guard targets.updateValue(Target(kind: kind, part: part), forKey: id) == nil else {
                throw .relationship(id)
            }
        }

        mutating func add(_ text: UnsafeBufferPointer<UInt8>, in place: Place) {}
        mutating func leave(_ place: Place) {}
    }
}
