import Domain

/// The format of an access review in another product: an additional CSV file with the columns that the product
/// documents.
///
/// A form defines the columns and their content. The file is always CSV: UTF-8 without a byte order mark, which
/// programs would read as part of the first header, and with the guard against formulas.
public enum Interchange: String, Sendable, CaseIterable {
    /// The upload format of Vanta for systems without an integration; see ``VantaForm``.
    case vanta
    /// The review history of Microsoft Entra; see ``EntraForm``.
    case entra

    /// The name of the file in an evidence folder.
    public var fileName: String { rawValue + ".csv" }

    /// The form of a file in an evidence folder; nil for any other file.
    public init?(fileName: String) {
        guard let form = Self.allCases.first(where: { $0.fileName == fileName }) else { return nil }
        self = form
    }

    /// The kinds of accounts that have rows in the form.
    public var kinds: [AccountKind] {
        switch self {
        case .vanta: VantaForm.kinds
        case .entra: EntraForm.kinds
        }
    }

    /// The columns that can be verified, because they follow from the raw response, the review id and the source.
    public struct Proof {
        /// The names of the columns.
        public let columns: [String]
        /// The cells of an account in these columns.
        public let cells: (ReviewedAccount) -> [String]
    }

    /// The columns that can be verified for a review.
    public func proof(in record: EvidenceRecord) -> Proof {
        let sheet = Sheet(self, record, domains: [])
        return Proof(columns: sheet.proven.map { sheet.columns[$0].key }) { account in
            let cells = sheet.cells(account)
            return sheet.proven.map { cells[$0].text }
        }
    }

    /// The review in this form. Rows come from the source one by one.
    ///
    /// - Parameters:
    ///   - record: the facts about the review; its files are not used.
    ///   - domains: the company's own domains, in lower case; if empty, domains are not checked.
    /// - Throws: errors of the source while it counts.
    func report(_ source: some ReviewSource, _ record: EvidenceRecord, domains: [String]) throws -> Report {
        let sheet = Sheet(self, record, domains: domains)
        var report = Report(kind: .review, title: EntraForm.title(of: record), time: source.snapshot.takenAt)
        report.tables = try kinds.map { kind in
            let count = try source.counts(of: kind).reduce(0) { $0 + $1.count }
            let (id, title) = kind == .user ? ("users", "Active users") : ("invites", "Invites")
            return Table(
                id: id, title: title, note: "", role: .population, columns: sheet.columns, count: count
            ) { body in try source.accounts(kind) { try body(sheet.cells($0)) } }
        }
        return report
    }

    /// The columns of a form, independent of the type of its items.
    private struct Sheet {
        let columns: [Column]
        /// The indices of the columns that can be verified.
        let proven: [Int]
        let cells: (ReviewedAccount) -> [Cell]

        init(_ form: Interchange, _ record: EvidenceRecord, domains: [String]) {
            switch form {
            case .vanta: self.init(VantaForm.make(domains: domains)) { $0 }
            case .entra:
                let reviewer = record.reviewer ?? ""
                self.init(EntraForm.make(record, status: .inProgress)) { EntraItem($0, reviewer: reviewer) }
            }
        }

        private init<Item>(_ form: InterchangeForm<Item>, _ item: @escaping (ReviewedAccount) -> Item) {
            columns = form.columns
            proven = form.fields.indices.filter { form.fields[$0].isProven }
            cells = { form.cells(of: item($0)) }
        }
    }
}
