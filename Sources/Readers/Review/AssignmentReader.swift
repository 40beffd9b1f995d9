import Domain

/// Reads a list of reviewers: a CSV or a workbook with the columns email (or uid) and reviewer.
public enum AssignmentReader {
    /// One row of the list.
    public struct Row: Hashable, Sendable {
        /// The line or row where it begins.
        public var line: Int
        /// The address of the account; empty if the row has only a uid.
        public var email: String
        /// The uid of the account; empty if the row has only an address.
        public var uid: String
        /// The reviewer of the account.
        public var reviewer: String
    }

    /// Headers of the column of reviewers, by their letters. If a list has several of them, the first in this order is
    /// used.
    private static let reviewers = ["reviewer", "reviewers", "manager", "owner", "accountowner"]

    /// Reads the whole list.
    ///
    /// - Throws: ``CSVError`` or ``WorkbookError``.
    public static func rows(of source: consuming ListSource) throws -> [Row] {
        let window = try source.window()
        guard let header = window.first else { throw CSVError.empty }
        let names = header.cells.map(ListText.plain)
        let words = names.map(HeaderWords.init)
        let email = words.firstIndex { $0.isAddress }
        let uid = words.firstIndex { $0.isUID }
        let plain = names.map(ListText.letters)
        guard let reviewer = reviewers.lazy.compactMap({ plain.firstIndex(of: $0) }).first, email != nil || uid != nil
        else { throw CSVError.noReviewerColumn(headers: names) }
        var rows: [Row] = []
        try source.forEach(window, from: 1) { row in
            let text = { (column: Int?) in column.map { ListText.plain(row[$0]) } ?? "" }
            let next = Row(line: row.line, email: text(email), uid: text(uid), reviewer: text(reviewer))
            if next.email + next.uid + next.reviewer != "" { rows.append(next) }
        }
        return rows
    }
}
