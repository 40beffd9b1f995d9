import Domain
import People

/// The columns of a company's own list of people: as chosen by the user, or found by their headers **and** values.
struct PeopleFileColumns {
    /// The columns of the fields; a field can have several other addresses.
    private var places: [PeopleFileField: [Int]] = [:]
    /// The columns of all fields, one field after the other: a row keeps nothing else.
    private(set) var used: [Int] = []
    private var slots: [PeopleFileField: Range<Int>] = [:]
    /// The columns as for any list.
    let list: ListColumns
    private let sample: ListSample

    /// Finds the columns.
    ///
    /// - Parameters:
    ///   - rows: the first rows of the list.
    ///   - delimiter: the delimiter of a CSV; nil for a sheet.
    /// - Throws: ``PeopleFileError`` if there are two possible readings, or none.
    init(_ rows: [ListRow], _ options: PeopleFileOptions, delimiter: Delimiter?) throws(PeopleFileError) {
        do {
            list = try ListColumns(rows, options.list, delimiter: delimiter)
        } catch {
            throw PeopleFileError(error)
        }
        sample = list.sample
        guard list.headerLine != nil else { throw .noHeader }
        guard let email = list.place(.email) else {
            let proposed = list.headers.indices.filter(sample.isOfAddresses).map(candidate)
            throw .noAddresses(headers: list.headers, proposed: proposed)
        }
        places[.email] = [email]
        for field in PeopleFileField.allCases where field != .email {
            if let chosen = try chosen(field, options) {
                places[field] = chosen
            } else {
                places[field] = try found(field)
            }
        }
        for field in PeopleFileField.allCases {
            slots[field] = used.count..<(used.count + (places[field]?.count ?? 0))
            used += places[field] ?? []
        }
    }

    /// Where the cells of a field are in a row of ``used``.
    func slots(_ field: PeopleFileField) -> Range<Int> { slots[field] ?? 0..<0 }

    /// Where the first cell of a field is in a row of ``used``; nil if the list does not have the field.
    func slot(_ field: PeopleFileField) -> Int? { slots(field).first }

    /// The first column of a field, from 0.
    func place(_ field: PeopleFileField) -> Int? { places[field]?.first }

    /// A column for messages.
    func candidate(_ column: Int) -> PeopleFileError.Candidate { .init(column: list.candidate(column)) }

    /// The words of the header of a column.
    func words(_ column: Int) -> HeaderWords { list.words[column] }

    /// The header of a column.
    func header(_ column: Int) -> String { list.headers[column] }

    /// The mapping in words: `work address ← column 2 "Email", status ← column 5 "Status"; ignored: "Team"`
    var description: String {
        let mapped = PeopleFileField.allCases.flatMap { field in
            (places[field] ?? []).map { "\(field.label) ← \(list.candidate($0).name)" }
        }
        let used = Set(places.values.flatMap(\.self))
        let ignored = list.headers.indices.filter { !used.contains($0) && !list.headers[$0].isEmpty }
            .map { list.headers[$0] }
        return mapped.joined(separator: ", ") + (ignored.isEmpty ? "" : "; ignored: " + ListColumns.list(ignored))
    }

    // MARK: What is found

    private func chosen(_ field: PeopleFileField, _ options: PeopleFileOptions) throws(PeopleFileError) -> [Int]? {
        guard let choice = options.columns[field] else { return nil }
        do {
            return try list.column(choice, option: "--people-column \(field.rawValue)").map { [$0] } ?? []
        } catch {
            switch error {
            case .noSuchColumn(_, let name, let headers, let nearest):
                throw .noSuchColumn(field, name: name, headers: headers, nearest: nearest)
            case .twoColumns(_, _, let columns):
                throw .ambiguous(field, columns.map(PeopleFileError.Candidate.init))
            default: throw .list(error)
            }
        }
    }

    private func found(_ field: PeopleFileField) throws(PeopleFileError) -> [Int] {
        switch field {
        case .email: []
        case .otherEmail: otherAddresses
        case .name: ranked(.name).prefix(1).map(\.self)
        case .firstName: ranked(.first).prefix(1).map(\.self)
        case .lastName: ranked(.last).prefix(1).map(\.self)
        case .manager: try manager.map { [$0] } ?? []
        case .department: ranked(.department).prefix(1).map(\.self)
        case .status: try only(.status, statuses.isEmpty ? certain(.status) : statuses)
        case .start: ranked(.start).prefix(1).map(\.self)
        case .end: try only(.end, ends.isEmpty ? certain(.end) : ends)
        case .employmentType: ranked(.employment).prefix(1).map(\.self)
        case .id: ids.prefix(1).map(\.self)
        }
    }

    /// The columns about something, the best first, and without columns of addresses. Empty columns come last.
    private func ranked(_ role: PeopleFileWords.Role) -> [Int] {
        var found: [(isEmpty: Int, rank: Int, column: Int)] = []
        for column in list.headers.indices where column != place(.email) && !sample.isOfAddresses(column) {
            let header = list.headers[column]
            guard !header.contains("#"), let rank = PeopleFileWords.rank(of: role, in: header) else { continue }
            found.append((sample.filled[column] == 0 ? 1 : 0, rank, column))
        }
        return found.sorted { $0 < $1 }.map(\.column)
    }

    /// `Employee ID`, `Employee #`
    private var ids: [Int] {
        let numbered = list.headers.indices.filter {
            list.headers[$0].hasSuffix("#") && PeopleFileWords.rank(of: .name, in: list.headers[$0]) != nil
        }
        return ranked(.id) + numbered
    }

    /// Further addresses at work: names of accounts that are addresses, and former addresses. Private addresses and
    /// those of other people are not among them.
    private var otherAddresses: [Int] {
        list.headers.indices.filter { column in
            guard column != place(.email), sample.addresses[column] > 0 else { return false }
            let words = list.words[column]
            if words.isLogin || (words.isAddress && words.isFurther) { return true }
            guard PeopleFileWords.contains(.former, in: list.headers[column]) else { return false }
            return sample.isOfAddresses(column) && !PeopleFileWords.contains(.manager, in: list.headers[column])
                && !HeaderWords.namesPrivate(list.headers[column])
        }
    }

    /// A column of addresses is better than one of names, and one of names better than one of ids.
    private var manager: Int? {
        get throws(PeopleFileError) {
            let columns = list.headers.indices.filter {
                $0 != place(.email) && PeopleFileWords.rank(of: .manager, in: list.headers[$0]) != nil
            }
            let filled = columns.filter { sample.filled[$0] > 0 }
            let addresses = filled.filter(sample.isOfAddresses)
            let names = filled.filter { !PeopleFileWords.contains(.id, in: list.headers[$0]) }
            let best = [addresses, names, filled, columns].first { !$0.isEmpty } ?? []
            let different = best.filter { column in
                !best.contains { $0 < column && sample.areSame($0, column) }
            }
            if different.count > 1, sample.filled[different[0]] > 0 {
                throw .ambiguous(.manager, different.map(candidate))
            }
            return best.first
        }
    }

    /// The columns with statuses of people, that is, with at least one word for somebody who is in or out.
    private var statuses: [Int] {
        list.headers.indices.filter { column in
            let (header, words) = (list.headers[column], list.words[column])
            if let field = DirectoryField(header: header) { return field.isState && sample.filled[column] > 0 }
            let isNamed =
                (words.isCertainState && !words.isWanted && !words.isInvitation)
                || PeopleFileWords.rank(of: .status, in: header) != nil
            guard isNamed, PeopleFileWords.rank(of: .employment, in: header) == nil else { return false }
            return sample.holds(column) { text in
                let state = RowState(text)
                return state.mentionsIn || state.mentionsOut
                    || (words.isYesOrNo && TruthCodes.isCode(ListText.key(text)))
            }
        }
    }

    /// The columns with the last day of work. The end of a contract is not one: the contract may be renewed.
    private var ends: [Int] {
        list.headers.indices.filter { column in
            let (header, words) = (list.headers[column], list.words[column])
            let isNamed =
                (words.isLeaving && !words.isProvisional) || PeopleFileWords.rank(of: .end, in: header) != nil
            guard isNamed, DirectoryField(header: header) == nil, !statuses.contains(column) else { return false }
            return sample.filled[column] == 0 || sample.holds(column) { WrittenDate($0) != nil }
        }
    }

    /// The columns whose headers say by themselves that they are about statuses or ends, and whose values are not understood:
    /// ignoring one would say of everybody that they are employed.
    private func certain(_ field: PeopleFileField) -> [Int] {
        list.headers.indices.filter { column in
            let (header, words) = (list.headers[column], list.words[column])
            guard sample.filled[column] > 0, DirectoryField(header: header) == nil, !sample.isOfAddresses(column),
                PeopleFileWords.rank(of: .employment, in: header) == nil
            else { return false }
            if field == .status { return Self.statusHeaders.contains(ListText.key(header)) }
            return !statuses.contains(column) && words.isLeavingDate
        }
    }

    private static let statusHeaders: Set = [
        "status", "employment status", "employee status", "worker status", "employmentstatus", "employeestatus",
    ]

    /// The only column of several with values.
    private func only(_ field: PeopleFileField, _ columns: [Int]) throws(PeopleFileError) -> [Int] {
        let filled = columns.filter { sample.filled[$0] > 0 }
        let different = filled.filter { column in !filled.contains { $0 < column && sample.areSame($0, column) } }
        if different.count > 1 { throw .ambiguous(field, different.map(candidate)) }
        return (different.isEmpty ? columns : different).prefix(1).map(\.self)
    }
}

extension HeaderWords {
    /// Whether a header names a private address: `Home Secondary Email`, `Personal email`.
    static func namesPrivate(_ header: String) -> Bool {
        let tokens = ListWords.tokens(in: header)
        return ["home", "personal", "private", "privat", "recovery"].contains(where: tokens.contains)
    }
}

extension DirectoryField {
    /// Whether the value says that an account is disabled, as opposed to when it expires.
    var isState: Bool {
        switch self {
        case .userAccountControl, .nsAccountLock, .uflag: true
        case .shadowExpire, .accountExpires, .krbPrincipalExpiration: false
        }
    }
}
