/// One row of a completed review, as text.
public struct DecidedRow: Hashable, Sendable {
    /// A column of a completed review.
    public enum Field: String, Sendable, CaseIterable {
        case kind, email, uid, name, accountType, status, decision, newAccountType, reviewer, justification, ticket,
            exceptionUntil, decidedAt, part, review
        /// Whether the decision counts for all accounts of the person, in a workbook for several workspaces.
        case allWorkspaces
        case rowKey

        /// The columns that reviewers fill in.
        public static let entries: [Field] = [
            .decision, .allWorkspaces, .newAccountType, .reviewer, .justification, .ticket, .exceptionUntil,
            .decidedAt,
        ]

        /// The title of the column in the workbook.
        public var title: String {
            switch self {
            case .kind: "Kind"
            case .email: "Email"
            case .uid: "Uid"
            case .name: "Name"
            case .accountType: "Account type"
            case .status: "Invite status"
            case .decision: "Decision"
            case .newAccountType: "New account type"
            case .reviewer: "Reviewer"
            case .justification: "Justification"
            case .ticket: "Ticket"
            case .exceptionUntil: "Exception until"
            case .decidedAt: "Decided at"
            case .part: "Part"
            case .review: "Review"
            case .allWorkspaces: "All workspaces"
            case .rowKey: "Row key"
            }
        }
    }

    /// Why a row does not say what its reviewer saw.
    public enum Fault: Hashable, Sendable {
        /// A cell is a formula without a stored result.
        case noResult(Field)
        /// A cell shows an error value, such as `#N/A`.
        case errorValue(Field)
        /// Merged cells, such as `F7:F11`, cover a cell of this column, so its own content is not shown.
        case merged(String, Field)
        /// Merged cells in the row of titles: a column below them has no title.
        case mergedTitles(String)
        /// The sheet has row keys but no row of titles.
        case noTitles
        /// The sheet is hidden, and has a decision here.
        case hidden
        /// A cell is neither yes nor no.
        case unclearAnswer(Field)
        /// The decision counts for all workspaces, as does this other one of an earlier row about the same person.
        case contradicted(String)
    }

    /// The path of the file, as given on the command line.
    public var file: String
    /// The sheet of a workbook; nil for a CSV.
    public var sheet: String?
    /// The file and, in a workbook, the sheet: `review.xlsx, Active users`.
    public var place: String
    /// The line of the file or the row of the sheet, from 1.
    public var row: Int
    /// The cells by column, as ``FileText`` returns them and without surrounding white space; a column that the file
    /// does not have is missing.
    public var cells: [Field: String]
    /// The index of each column in the sheet, from 0.
    public var columns: [Field: Int]
    /// What prevents reading the row.
    public var faults: [Fault]

    /// Creates a decided row.
    public init(
        file: String, place: String, row: Int, cells: [Field: String], sheet: String? = nil,
        columns: [Field: Int] = [:], faults: [Fault] = []
    ) {
        self.file = file
        self.sheet = sheet
        self.place = place
        self.row = row
        self.cells = cells
        self.columns = columns
        self.faults = faults
    }

    /// The text of a cell; empty if there is none.
    public subscript(field: Field) -> String { cells[field] ?? "" }

    /// Whether a text has the form of a row key: `r` and 20 hexadecimal digits.
    public static func isRowKey(_ text: String) -> Bool {
        text.utf8.count == 21 && text.utf8.first == 0x72 && text.utf8.dropFirst().allSatisfy(Self.isHexadecimal)
    }

    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte)
    }

    /// The name of a cell in the sheet, for example `F7`; nil in a CSV.
    public func cell(of field: Field) -> String? {
        guard sheet != nil, let column = columns[field] else { return nil }
        return SheetColumn.letters(column) + "\(row)"
    }
}

/// The columns of a sheet.
public enum SheetColumn {
    /// The letters of a column, from its index: `A`, `Z`, `AA`.
    public static func letters(_ index: Int) -> String {
        let last = String(UnicodeScalar(UInt8(0x41 + index % 26)))
        return index < 26 ? last : letters(index / 26 - 1) + last
    }
}
