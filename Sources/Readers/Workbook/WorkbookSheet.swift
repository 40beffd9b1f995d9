/// An entry in the list of sheets of a workbook.
struct WorkbookSheet {
    var name: String
    /// The relationship that leads to its part.
    var relationship: String
    /// Whether its tab is hidden.
    var isHidden: Bool
}

extension WorkbookSheet {
    /// The sheets of a workbook, in the order of their tabs, and whether its days are counted from 1904.
    ///
    /// - Throws: ``WorkbookError``, also for two sheets with the same name, because one of them would be missed.
    static func all(in part: consuming PartReader) throws -> (sheets: [WorkbookSheet], countsFrom1904: Bool) {
        let grammar = try part.parse(Grammar())
        return (grammar.sheets, grammar.countsFrom1904)
    }

    private struct Grammar: PartGrammar {
        enum Place {
            case book, list, aside
        }

        var sheets: [WorkbookSheet] = []
        var countsFrom1904 = false
        private var names: Set<String> = []

        mutating func enter(
            _ name: XMLName, in parent: Place?, _ attributes: XMLAttributes
        ) throws(PartFault) -> Place {
            switch (parent, name) {
            case (nil, .sheet("workbook")): return .book
            case (nil, _): throw .root("workbook")
            case (.book, .sheet("sheets")): return .list
            case (.list, .sheet("sheet")): try add(attributes)
            case (.book, .sheet("workbookPr")): countsFrom1904 = attributes.isTrue("date1904")
            case (_, .sheet("sheets")), (_, .sheet("sheet")): throw .misplaced(name.local)
            default: break
            }
            return .aside
        }

        private mutating func add(_ attributes: XMLAttributes) throws(PartFault) {
            let name = attributes["name"] ?? ""
            guard !name.isEmpty, let relationship = attributes.relationship else { throw .sheet(name) }
            // Excel ignores case in the names of sheets.
            guard names.insert(name.lowercased()).inserted else { throw .twoSheets(name) }
            let isHidden: Bool
            switch attributes["state"] {
            case nil, "visible": isHidden = false
            case "hidden", "veryHidden": isHidden = true
            default: throw .sheet(name)
            }
            sheets.append(WorkbookSheet(name: name, relationship: relationship, isHidden: isHidden))
        }

        mutating func add(_ text: UnsafeBufferPointer<UInt8>, in place: Place) {}
        mutating func leave(_ place: Place) {}
    }
}
