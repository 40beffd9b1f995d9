import Domain

/// Reads a list of who reviews whom: a CSV or a workbook with the columns email (or uid) and reviewer.
public enum AssignmentReader {
    /// One line of the list.
    public struct Row: Hashable, Sendable {
        /// Where it is.
        public var line: Int
        /// The account's address; empty where it is named by uid.
        public var email: String
        /// The account's uid; empty where it is named by address.
        public var uid: String
        /// Who decides about it.
        public var reviewer: String
    }

    /// Headers of the column of reviewers, by their letters. A list may have several of them; the first in this order is
    /// meant.
    private static let reviewers = ["reviewer", "reviewers", "manager", "owner", "accountowner"]

    /// The whole list.
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
