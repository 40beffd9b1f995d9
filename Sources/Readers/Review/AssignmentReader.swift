import Domain
import Foundation

/// Reads a list of who reviews whom: a CSV with the columns email (or uid) and reviewer.
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

    /// Headers of the column of reviewers, in the form of ``PeopleField/normalised(_:)``. A list may have several of
    /// them; the first in this order is meant.
    private static let reviewers = ["reviewer", "reviewers", "manager", "owner", "accountowner"]

    /// The whole list.
    ///
    /// - Throws: ``CSVError``
    public static func rows(of bytes: Data) throws(CSVError) -> [Row] {
        var reader = try CSVReader(source: DataByteSource(bytes), options: CSVOptions())
        guard let header = try reader.next() else { throw .empty }
        let names = (0..<header.count).map { header[$0] }
        let place = { (field: PeopleField) in names.firstIndex { PeopleField(header: $0) == field } }
        let (email, uid) = (place(.email), place(.uid))
        let plain = names.map(PeopleField.normalised)
        guard let reviewer = reviewers.lazy.compactMap({ plain.firstIndex(of: $0) }).first, email != nil || uid != nil
        else { throw .noReviewerColumn(headers: names) }
        var rows: [Row] = []
        while let row = try reader.next() {
            let text = { (column: Int?) in column.map { EmailAddress.trimmed(row[$0]) } ?? "" }
            let next = Row(line: row.line, email: text(email), uid: text(uid), reviewer: text(reviewer))
            if next.email + next.uid + next.reviewer != "" { rows.append(next) }
        }
        return rows
    }
}
