import Domain

/// Another product's form of an access review: a CSV in the columns that this product documents, beside the review's
/// own files.
///
/// A form says which columns there are and what stands in them; how a cell is spelled is ``ReportFormat``'s business,
/// and is always CSV here: UTF-8 without a byte order mark (a program takes the mark for a part of the first header),
/// with the guard against formulas.
public enum Interchange: String, Sendable, CaseIterable {
    /// What Vanta's access reviews take for a system that it does not integrate with; see ``VantaForm``.
    case vanta
    /// What Microsoft Entra writes of its own reviews; see ``EntraForm``.
    case entra

    /// The file's name in an evidence folder.
    public var fileName: String { rawValue + ".csv" }

    /// The form of a file in an evidence folder; nil if it is none of these.
    public init?(fileName: String) {
        guard let form = Self.allCases.first(where: { $0.fileName == fileName }) else { return nil }
        self = form
    }

    /// Which accounts the form has rows for.
    public var kinds: [AccountKind] {
        switch self {
        case .vanta: VantaForm.kinds
        case .entra: EntraForm.kinds
        }
    }

    /// What a row of the form can be held against: the cells that follow from the raw answer, the review's name and its
    /// source.
    public struct Proof {
        /// The names of the columns.
        public let columns: [String]
        /// What stands in them for an account.
        public let cells: (ReviewedAccount) -> [String]
    }

    /// What a row of a review can be held against.
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
    ///   - record: what is known of the review as a whole; its files do not matter.
    ///   - domains: the company's own, in lower case; none to leave the question out.
    /// - Throws: what the source throws while it counts.
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

    /// The form's columns, whatever it finds their cells in.
    private struct Sheet {
        let columns: [Column]
        /// The places of the columns that can be proven.
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
