import Domain

/// The columns of a completed review, from a row of titles.
struct ReviewColumns {
    /// The index of each column, from 0.
    private(set) var places: [DecidedRow.Field: Int] = [:]

    /// The columns that every sheet of a review has.
    private static let required: [DecidedRow.Field] = [.email, .decision, .rowKey]

    /// The column names in the workbook; the CSV uses the names of the fields.
    private static let titles: [String: DecidedRow.Field] = {
        var titles = Dictionary(uniqueKeysWithValues: DecidedRow.Field.allCases.map { ($0.rawValue.lowercased(), $0) })
        titles["invitestatus"] = .status
        return titles
    }()

    /// Reads a row of titles; nil if it is not one. A sheet that has lost a column still has two of the required ones.
    init?(_ cells: [String]) throws(FilledReviewError) {
        var second: String?
        for (place, cell) in cells.enumerated() {
            guard let field = Self.titles[ListText.letters(cell)] else { continue }
            if places[field] != nil { second = cell }
            places[field] = place
        }
        guard Self.required.count(where: { places[$0] != nil }) >= 2 else { return nil }
        if let second, isComplete { throw .twoColumns(second) }
    }

    /// The required columns that are missing.
    var missing: [DecidedRow.Field] { Self.required.filter { places[$0] == nil } }

    var isComplete: Bool { missing.isEmpty }

    /// Whether a row repeats the titles, as above a table that was pasted below another.
    func isRepeated(_ cell: (Int) -> String) -> Bool {
        places[.email].map { cell($0) }.map { $0.utf8.count < 12 && ListText.letters($0) == "email" } ?? false
    }

    /// The cells of a row; nil if all of them are empty.
    func cells(_ cell: (Int) -> String) -> [DecidedRow.Field: String]? {
        let found = places.mapValues { EmailAddress.trimmed(FileText.held(cell($0))) }
        return found.values.contains(where: { !$0.isEmpty }) ? found : nil
    }
}
