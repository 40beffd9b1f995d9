import Domain
import Foundation

/// Which column of a list holds what: as somebody has said, or as its header **and** its values say.
public struct ListColumns: Sendable, CustomStringConvertible {
    /// The line of the headers; nil for a list without.
    public let headerLine: Int?
    /// How many rows stand above the headers.
    let titles: Int
    /// The header's cells; empty for a list without.
    let headers: [String]
    /// How many columns there are.
    let width: Int
    private(set) var places: [PeopleField: Int] = [:]
    /// Columns that could hold uids; which of them does is seen beside the workspace.
    private(set) var uids: [Int] = []
    /// Columns whose headers name account types, and that hold none as far as was looked.
    private(set) var typeless: [Int] = []
    /// Columns whose headers say that somebody is in or out.
    let states: [Int]
    /// Columns by which rows are chosen.
    var filters: [Int] = []
    /// What the beginning of the list shows of each column.
    let sample: ListSample
    let words: [HeaderWords]

    /// The column of a field, counted from 0.
    func place(_ field: PeopleField) -> Int? { places[field] }

    /// Whether a column holds none of what a row needs.
    func isFree(_ column: Int) -> Bool { !places.values.contains(column) }

    /// The column that says which workspace a row is for, in words; nil if none does.
    public var workspaceColumn: String? { places[.workspace].map(name) }

    /// Finds the columns.
    ///
    /// - Parameter rows: the first rows of the list.
    /// - Throws: ``ListError`` where two readings are possible, or none.
    init(_ rows: [ListRow], _ options: ListOptions) throws(ListError) {
        let header = try HeaderSearch(rows, options).row
        let data = header.map { rows[($0 + 1)...] } ?? rows[...]
        headers = header.map { rows[$0].cells.map(ListText.plain) } ?? []
        headerLine = header.map { rows[$0].line }
        titles = header ?? 0
        width = header.map { rows[$0].count } ?? (data.first?.count ?? 0)
        let words = headers.map { HeaderWords($0) }
        self.words = words
        sample = ListSample(data, width: width)
        try OwnTable.refuse(headers)
        if let header, options.headerRow == nil, let line = HeaderSearch.peopleAbove(header, rows) {
            throw .peopleAbove(header: rows[header].line, line: line)
        }
        let isOwn = OwnTable.isAccepted(headers)
        states = isOwn ? [] : words.indices.filter { words[$0].isState }
        if let header, let malformation = rows[header].malformation {
            // What the header says cannot be told then.
            throw .brokenHeader(line: rows[header].line, column: malformation.column, message: malformation.message)
        }
        if header != nil, width == 1, OwnTable.isQuotedLine(headers[0]) { throw .quotedLines(line: rows[titles].line) }
        uids = options.takesUIDs ? try uidColumns(options) : []
        places[.email] = try addressColumn(options)
        if options.takesTypes { places[.accountType] = try typeColumn(options) }
        places[.workspace] = try workspaceColumn(options)
    }

    // MARK: What was said

    /// The column that a choice means.
    func column(_ choice: ColumnChoice, option: String) throws(ListError) -> Int? {
        switch choice {
        case .none: return nil
        case .number(let number):
            // A header that is a number is meant by it.
            let same = headers.indices.filter { headers[$0] == "\(number)" }
            if same.count == 1 { return same[0] }
            guard number <= width else {
                throw .noSuchColumn(option: option, name: "\(number)", headers: headers, nearest: nil)
            }
            return number - 1
        case .header(let name):
            let same = named(name)
            if let only = same.first, same.count == 1 { return only }
            if same.count > 1 {
                guard let field = PeopleField.allCases.first(where: { $0.option == option }) else {
                    throw .twoColumns(option: option, name: name, same.map { candidate($0).unnamed })
                }
                throw .ambiguous(field, same.map { candidate($0).unnamed })
            }
            let nearest = NearestWord.to(name, in: headers.filter { !$0.isEmpty })
            throw .noSuchColumn(option: option, name: name, headers: headers, nearest: nearest)
        }
    }

    /// The columns of a name: as it is written, or without regard to capitals, or to what is in brackets.
    private func named(_ name: String) -> [Int] {
        for form in [ListText.plain, ListText.key, ListText.bare] {
            let same = headers.indices.filter { form(headers[$0]) == form(name) }
            if !same.isEmpty { return same }
        }
        return []
    }

    /// The shortest name that means a column, for an option.
    private func shortName(_ column: Int) -> String {
        let header = headers[column]
        // What a terminal shows otherwise, or a parser takes for an option, cannot be pasted.
        guard Terminal.plain(header, limit: 100) == header, !header.hasPrefix("-") else { return "" }
        guard let bracket = header.firstIndex(where: { "[(".contains($0) }) else { return header }
        let short = header[..<bracket].trimmingCharacters(in: .whitespaces)
        return !short.isEmpty && named(short) == [column] ? short : header
    }

    /// What somebody has said about a field; nil if nothing.
    private func said(_ field: PeopleField, _ options: ListOptions) throws(ListError) -> Int?? {
        guard let choice = options.columns[field] else { return nil }
        return .some(try column(choice, option: field.option))
    }

    // MARK: What is found

    private func addressColumn(_ options: ListOptions) throws(ListError) -> Int? {
        if let said = try said(.email, options) { return said }
        let all = sample.filled.indices
        let withAddresses = all.filter { sample.isOfAddresses($0) }
        guard headerLine != nil else {
            if withAddresses.count > 1 { throw .ambiguous(.email, withAddresses.map(candidate)) }
            return withAddresses.first
        }
        let named = words.indices.filter { words[$0].isAddress }
        // From the surest to the least sure; the first kind of which there is one decides.
        let kinds = [
            named.filter { sample.addresses[$0] > 0 },
            words.indices.filter { words[$0].isLogin && sample.isOfAddresses($0) },
            withAddresses.isEmpty ? named : [],
        ]
        let found = kinds.first { !$0.isEmpty } ?? []
        if found.count > 1 { throw .ambiguous(.email, found.map(candidate)) }
        if let only = found.first { return only }
        if !uids.isEmpty { return nil }
        let likely = withAddresses.filter { !words[$0].isAnyAddress } + withAddresses.filter { words[$0].isAnyAddress }
        throw .noAddresses(line: headerLine ?? 1, headers: headers, proposed: likely.map(candidate))
    }

    private mutating func typeColumn(_ options: ListOptions) throws(ListError) -> Int? {
        if let said = try said(.accountType, options) { return said }
        let typed = sample.filled.indices.filter { sample.holds($0, options.isType) }
        guard headerLine != nil else {
            // Most of its cells are types: somebody's name may be one as well.
            let found = typed.filter { sample.isMostly($0, options.isType) }
            if found.count > 1 { throw .ambiguous(.accountType, found.map(candidate)) }
            return found.first
        }
        var named = words.indices.filter { words[$0].isType && places[.email] != $0 && sample.filled[$0] > 0 }
        let wanted = named.filter { words[$0].isWanted }
        if options.purpose == .changeRole, !wanted.isEmpty { named = wanted }
        let found = named.filter(typed.contains)
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
        // A list of nobody needs none.
        let empty = words.indices.first { words[$0].isType && places[.email] != $0 }
        if let empty { return empty }
        throw .noTypes(proposed: typed.filter { !words[$0].isOtherType }.map(candidate))
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

    /// Decides which column holds uids: one of whose values the workspace knows.
    ///
    /// - Throws: ``ListError`` if none does and there are no addresses either.
    mutating func findUIDs(_ isUID: (String) -> Bool) throws(ListError) {
        let found = uids.filter { sample.holds($0, isUID) }
        if found.count > 1 { throw .ambiguous(.uid, found.map(candidate)) }
        places[.uid] = found.first
        guard places[.uid] == nil, places[.email] == nil, let first = uids.first else { return }
        if sample.rows > 0 { throw .noUIDs(candidate(first)) }
        places[.uid] = first
    }

    // MARK: Words

    func candidate(_ column: Int) -> ListError.Candidate {
        let header = headers.indices.contains(column) ? headers[column] : ""
        let isTwice = !header.isEmpty && headers.count { ListText.key($0) == ListText.key(header) } > 1
        let found = ListError.Candidate(
            number: column + 1, header: header, short: header.isEmpty ? "" : shortName(column),
            samples: sample.texts(column))
        return isTwice ? found.unnamed : found
    }

    private func name(_ column: Int) -> String {
        "column \(column + 1)" + (headers.isEmpty ? "" : " " + Self.quoted(headers[column]))
    }

    /// The mapping in words: `email address ← column 2 "Email", account type ← column 3 "Role"; ignored: "Team"`. Columns
    /// with addresses and those that say who is in come first among those that are ignored.
    public var description: String {
        let mapped = PeopleField.allCases.compactMap { field in
            places[field].map { "\(field.label) ← \(name($0))" }
        }
        let used = Set(places.values).union(filters)
        let left = headers.indices.filter { !used.contains($0) && !headers[$0].isEmpty }
        let first = left.filter { sample.isOfAddresses($0) || words[$0].isAnyAddress || states.contains($0) }
        let ignored = (first + left.filter { !first.contains($0) }).map { headers[$0] }
        let place =
            headerLine.map { titles > 0 ? "; the header is in line \($0), and what is above it is left out" : "" }
            ?? " (no header)"
        let chosen = filters.isEmpty ? "" : "; rows chosen by " + filters.map(name).joined(separator: ", ")
        return mapped.joined(separator: ", ") + place + chosen
            + (ignored.isEmpty ? "" : "; ignored: " + Self.list(ignored))
    }

    static func quoted(_ header: String) -> String { "\"\(Terminal.plain(header, limit: 40))\"" }

    /// The first dozen, which is what a person reads.
    static func list(_ headers: [String]) -> String {
        let shown = headers.prefix(12).map(quoted).joined(separator: ", ")
        return headers.count > 12 ? shown + " and \(headers.count - 12) more" : shown
    }
}

extension ListError.Candidate {
    /// By its number, because another column has the same header.
    fileprivate var unnamed: Self { Self(number: number, header: "", short: "", samples: samples) }
}
