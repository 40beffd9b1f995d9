import CExpat

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The name of an element in a vocabulary that is read. The prefix is chosen by the writing program and has no meaning:
/// `x:row` may be a row, and `row` something else.
enum XMLName: Hashable {
    /// Of SpreadsheetML, in its transitional or its strict form (ECMA-376 part 1 and part 4).
    case sheet(String)
    /// Of the relationships between parts (ECMA-376 part 2).
    case package(String)
    /// Of any other vocabulary, or of none.
    case other

    /// The separator between a namespace and a local name. XML documents cannot contain it, so namespaces cannot
    /// either.
    static let separator: CChar = 1

    private static let sheets: [StaticString] = [
        "http://schemas.openxmlformats.org/spreadsheetml/2006/main\u{1}",
        "http://purl.oclc.org/ooxml/spreadsheetml/main\u{1}",
    ]
    private static let packages: StaticString = "http://schemas.openxmlformats.org/package/2006/relationships\u{1}"

    /// - Parameter name: the namespace, the separator and the local name, as passed by expat.
    init(_ name: UnsafePointer<XML_Char>) {
        for namespace in Self.sheets where Self.begins(name, with: namespace) {
            self = .sheet(String(cString: name + namespace.utf8CodeUnitCount))
            return
        }
        self =
            Self.begins(name, with: Self.packages)
            ? .package(String(cString: name + Self.packages.utf8CodeUnitCount)) : .other
    }

    private static func begins(_ name: UnsafePointer<XML_Char>, with namespace: StaticString) -> Bool {
        strncmp(name, namespace.utf8Start, namespace.utf8CodeUnitCount) == 0
    }

    /// The local name; nil for one of another vocabulary.
    var local: String? {
        switch self {
        case .sheet(let name), .package(let name): name
        case .other: nil
        }
    }
}

/// The attributes of one element; valid until its handler returns.
struct XMLAttributes {
    /// Alternating names and values, as passed by expat; a null name is the end.
    private let list: UnsafeMutablePointer<UnsafePointer<XML_Char>?>

    init(_ list: UnsafeMutablePointer<UnsafePointer<XML_Char>?>) { self.list = list }

    /// The value of an attribute without a namespace.
    subscript(name: StaticString) -> String? {
        var place = list
        while let next = place[0], let value = place[1] {
            if strcmp(next, name.utf8Start) == 0 { return String(cString: value) }
            place += 2
        }
        return nil
    }

    /// The relationship to the part that an element represents (`r:id`).
    var relationship: String? {
        self["http://schemas.openxmlformats.org/officeDocument/2006/relationships\u{1}id"]
            ?? self["http://purl.oclc.org/ooxml/officeDocument/relationships\u{1}id"]
    }

    /// Whether an attribute is present and true (`xsd:boolean`).
    func isTrue(_ name: StaticString) -> Bool { ["1", "true"].contains(self[name]) }
}
