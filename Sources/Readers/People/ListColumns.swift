import Domain
import Foundation

/// The columns of a list: as chosen by the user, or found by their headers **and** values.
public struct ListColumns: Sendable, CustomStringConvertible {
    /// The line of the headers; nil for a list without headers.
    public let headerLine: Int?
    /// The number of rows above the headers.
    let titles: Int
    /// The text directly above the headers, if it is the only one in its row.
    let titleAbove: String?
    /// The cells of the header row; empty for a list without headers.
    let headers: [String]
    /// The number of columns.
    let width: Int
    private(set) var places: [PeopleField: Int] = [:]
    /// Columns that may contain uids; the uids of the workspace decide.
    private(set) var uids: [Int] = []
    /// Columns whose headers name account types, but whose first rows contain none.
    private(set) var typeless: [Int] = []
    /// Columns with account types of another product, unused because there is a type for every row.
    private(set) var unused: [Int] = []
    /// Why there is no column of account types although one is required.
    private(set) var typeQuestion: ListError?
    /// Columns of addresses that are the same in all first rows, so that the user need not choose one.
    private(set) var same: [(first: Int, second: Int)] = []
    /// Columns that may affect the selection of rows.
    let watched: [(column: Int, meaning: ColumnMeaning)]
    /// Those of them that contain states.
    var states: [Int] { watched.filter { $0.meaning != .kind }.map(\.column) }
    /// Columns by which rows are selected.
    var filters: [Int] = []
    /// The first rows of the list.
    let sample: ListSample
    /// The words of the header of each column; empty for a list without headers.
    let words: [HeaderWords]

    /// The index of the column for a field, from 0.
    func place(_ field: PeopleField) -> Int? { places[field] }

    /// Whether a column is not used for any field.
    func isFree(_ column: Int) -> Bool { !places.values.contains(column) }

    /// Finds the columns.
    ///
    /// - Parameters:
    ///   - rows: the first rows of the list.
    ///   - delimiter: the delimiter of a CSV; nil for a sheet.
    /// - Throws: ``ListError`` if there are two possible readings, or none.
    init(_ rows: [ListRow], _ options: ListOptions, delimiter: Delimiter? = nil) throws(ListError) {
        guard !rows.isEmpty else { throw .emptySheet }
        let header = try HeaderSearch(rows, options).row
        let data = header.map { rows[($0 + 1)...] } ?? rows[...]
        headers = header.map { rows[$0].cells.map(ListText.plain) } ?? []
        headerLine = header.map { rows[$0].line }
        titles = header ?? 0
        let above =
            header.flatMap { $0 > 0 ? rows[$0 - 1].cells.map(ListText.plain).filter { !$0.isEmpty } : nil } ?? []
        titleAbove = above.count == 1 ? above[0] : nil
        width = header.map { rows[$0].count } ?? (data.first?.count ?? 0)
        let words =
            headers.isEmpty ? Array(repeating: HeaderWords(""), count: width) : headers.map { HeaderWords($0) }
        self.words = words
        sample = ListSample(data, width: width)
        try OwnTable.refuse(headers, sample)
        if let header, options.headerRow == nil, let line = HeaderSearch.peopleAbove(header, rows) {
            throw .peopleAbove(header: rows[header].line, line: line)
        }
        let isOwn = OwnTable.isAccepted(headers)
        let (headers, sample) = (headers, sample)
        watched =
            isOwn
            ? []
            : (0..<width).compactMap { column in
                let header = headers.isEmpty ? "" : headers[column]
                return ColumnMeaning(words[column], header: header, sample: sample, column: column).map { (column, $0) }
            }
        if let header, let malformation = rows[header].malformation {
            // The columns of a malformed header are not known.
            throw .brokenHeader(line: rows[header].line, column: malformation.column, message: malformation.message)
        }
        if let header, width == 1 {
            try OwnTable.refuseOneCell(headers[0], line: rows[header].line, delimiter: delimiter)
        }
        uids = options.takesUIDs ? try uidColumns(options) : []
        places[.email] = try addressColumn(options)
        if options.takesTypes { places[.accountType] = try typeColumn(options) }
        places[.workspace] = try workspaceColumn(options)
    }

    // MARK: What is found

    private mutating func addressColumn(_ options: ListOptions) throws(ListError) -> Int? {
        if let said = try said(.email, options) { return said }
        let all = sample.filled.indices
        let withAddresses = all.filter { sample.isOfAddresses($0) }
        guard headerLine != nil else {
            if withAddresses.count > 1 { throw .ambiguous(.email, withAddresses.map(candidate)) }
            return withAddresses.first
        }
        let named = words.indices.filter { words[$0].isAddress }
        let logins = words.indices.filter { words[$0].isLogin && sample.isOfAddresses($0) }
        let filled = named.filter { sample.addresses[$0] > 0 }
        // In order of certainty; the first kind with columns decides.
        let kinds = [
            // `Email 2` alone is not more certain than `Login`.
            filled.allSatisfy { words[$0].isFurther } && !filled.isEmpty ? filled + logins : filled,
            logins,
            withAddresses.isEmpty ? named : [],
        ]
        let found = kinds.first { !$0.isEmpty } ?? []
        let different = withoutSame(found)
        if different.count > 1 { throw .ambiguous(.email, found.map(candidate)) }
        if let only = different.first { return only }
        if !uids.isEmpty { return nil }
        let likely = withAddresses.filter { !words[$0].isAnyAddress } + withAddresses.filter { words[$0].isAnyAddress }
        throw .noAddresses(line: headerLine ?? 1, headers: headers, proposed: likely.map(candidate))
    }

    /// The columns without those whose addresses are the same as in another one: in a column of private addresses, or
    /// in one further to the left.
    private mutating func withoutSame(_ found: [Int]) -> [Int] {
        if found.count < 2 { return found }
        let others = words.indices.filter { words[$0].isOtherAddress }
        var left: [Int] = []
        var pairs: [(first: Int, second: Int)] = []
        for column in found {
            if let other = (others + left).first(where: { sample.areSame(column, $0) }) {
                pairs.append((other, column))
            } else {
                left.append(column)
            }
        }
        // If none is left, all of them repeat other addresses of the person.
        guard !left.isEmpty else { return found }
        same = pairs
        return left
    }

    /// The different words in the column of account types, in the first rows.
    public var typeWords: [String] { places[.accountType].map(sample.values) ?? [] }

    private mutating func typeColumn(_ options: ListOptions) throws(ListError) -> Int? {
        if let said = try said(.accountType, options) { return said }
        let typed = sample.filled.indices.filter { sample.holds($0, options.isType) }
        guard headerLine != nil else {
            // Most of its cells are types; a few may also be names of people.
            let found = typed.filter { sample.isMostly($0, options.isType) }
            if found.count > 1 { throw .ambiguous(.accountType, found.map(candidate)) }
            if found.isEmpty, !options.hasFallback { typeQuestion = .noTypes(proposed: typed.map(candidate)) }
            return found.first
        }
        var named = words.indices.filter { words[$0].isType && places[.email] != $0 && sample.filled[$0] > 0 }
        let wanted = named.filter { words[$0].isWanted }
        if options.purpose == .changeRole, !wanted.isEmpty { named = wanted }
        var found = named.filter(typed.contains)
        if options.hasFallback {
            unused = found.filter { options.areForeignTypes(sample.values($0)) }
            found.removeAll(where: unused.contains)
            named.removeAll(where: unused.contains)
        }
        // A column with the name that this program uses has priority over the contents of other columns.
        if !found.isEmpty, let own = named.first(where: { ListText.letters(headers[$0]) == "accounttype" }),
            !found.contains(own)
        {
            throw .ambiguous(.accountType, ([own] + found).map(candidate))
        }
        if found.count > 1 { throw .ambiguous(.accountType, found.map(candidate)) }
        if let only = found.first {
            typeless = named.filter { $0 != only }
            return only
        }
        if options.hasFallback {
            typeless = named
            return nil
        }
        if named.count > 1 { throw .ambiguous(.accountType, named.map(candidate)) }
        if let only = named.first { return only }
        // A list without rows needs no account types.
        let empty = words.indices.first { words[$0].isType && places[.email] != $0 }
        if let empty { return empty }
        typeQuestion = .noTypes(proposed: typed.filter { !words[$0].isOtherType }.map(candidate))
        return nil
    }

    private func uidColumns(_ options: ListOptions) throws(ListError) -> [Int] {
        if let said = try said(.uid, options) { return said.map { [$0] } ?? [] }
        guard headerLine != nil else {
            return sample.holds(0, ListText.isUID) ? [0] : []
        }
        return words.indices.filter { words[$0].isUID }
    }

    private func workspaceColumn(_ options: ListOptions) throws(ListError) -> Int? {
        if let said = try said(.workspace, options) { return said }
        return words.indices.first { words[$0].isWorkspace && !sample.isOfAddresses($0) }
    }

    /// Decides which column contains uids: the one with values that are uids of the workspace.
    ///
    /// - Throws: ``ListError`` if there is none and no column of addresses either.
    mutating func findUIDs(_ isUID: (String) -> Bool) throws(ListError) {
        let found = uids.filter { sample.holds($0, isUID) }
        if found.count > 1 { throw .ambiguous(.uid, found.map(candidate)) }
        places[.uid] = found.first
        guard places[.uid] == nil, places[.email] == nil, let first = uids.first else { return }
        if sample.rows > 0 {
            throw .noUIDs(candidate(first), proposed: sample.filled.indices.filter(sample.isOfAddresses).map(candidate))
        }
        places[.uid] = first
    }
}
