import Domain
import People

/// A company's own list of people, read as a whole.
public struct PeopleFile: Sendable {
    /// The people, in the order of the rows.
    public let people: [Person]
    /// Whether the list has a column of statuses or of end dates.
    public let knowsLeavers: Bool
    /// The columns in words.
    public let columns: String
    /// Remarks about rows, such as an address that is not one, in the order of the rows.
    public let remarks: [String]
    /// The lines of people whose address cannot be read, so that their accounts cannot be found.
    public let unreadable: Set<Int>
}

/// Reads a company's own list of people.
///
/// Statuses and dates are data here, and never select rows.
public struct PeopleFileReader {
    private let options: PeopleFileOptions
    private let columns: PeopleFileColumns
    private var rows: [PeopleFileRow] = []
    private var remarks: [String] = []
    private var unreadable: Set<Int> = []
    private var hidden: (count: Int, first: Int) = (0, 0)
    private let from1904: Bool
    private let headers: Set<String>
    private let checks: RowChecks

    /// Reads a list.
    ///
    /// - Throws: ``PeopleFileError``, ``ListError``, ``CSVError`` or ``WorkbookError`` if it cannot be read, or can be
    ///   read in two ways.
    public static func read(_ source: consuming ListSource, _ options: PeopleFileOptions) throws -> PeopleFile {
        var source = source
        let window = try source.window()
        let columns = try PeopleFileColumns(window, options, delimiter: source.delimiter)
        var reader = PeopleFileReader(
            options, columns, delimiter: source.delimiter, from1904: source.countsFrom1904)
        try source.forEach(window, from: columns.list.titles + 1) { row in try reader.take(row) }
        if reader.hidden.count > 0, !options.takesHiddenRows, case .sheet(_, let name) = source {
            throw PeopleFileError.list(
                .hiddenRows(sheet: name, count: reader.hidden.count, first: reader.hidden.first))
        }
        return try reader.file()
    }

    private init(
        _ options: PeopleFileOptions, _ columns: PeopleFileColumns, delimiter: Delimiter?, from1904: Bool
    ) {
        (self.options, self.columns, self.from1904) = (options, columns, from1904)
        headers = Set(columns.list.headers)
        checks = RowChecks(columns.list, options.list, delimiter: delimiter)
    }

    private mutating func take(_ row: ListRow) throws(PeopleFileError) {
        if let fault = row.malformation {
            throw .malformed(line: row.line, column: fault.column, message: fault.message)
        }
        do {
            try checks.refuseSwallowed(row)
        } catch {
            throw .list(error)
        }
        if let surplus = row.firstFilled(from: columns.list.width) {
            throw .malformed(
                line: row.line, column: surplus + 1,
                message:
                    "the row has \(row.count) fields, and the header has \(columns.list.width); put quotes around a "
                    + "field that contains the delimiter")
        }
        let texts = (0..<row.count).filter { !row.isEmpty(at: $0) }.map { ListText.plain(row[$0]) }.filter {
            !$0.isEmpty
        }
        if texts.isEmpty { return }
        if texts.count == 1, columns.list.width > 2, !row.hasAtSign {
            let state = RowState(texts[0])
            if state.mentionsOut || state.mentionsIn { throw .title(line: row.line, text: texts[0]) }
        }
        if texts == columns.list.headers.filter({ !$0.isEmpty }) { return }
        if texts.count(where: headers.contains) > 1, !row.hasAtSign {
            throw .list(.secondHeader(line: row.line, first: columns.list.headerLine ?? 1))
        }
        if row.isHidden { hidden = (hidden.count + 1, hidden.count == 0 ? row.line : hidden.first) }
        if let column = columns.used.first(where: row.lacksResult) {
            throw .noResult(columns.candidate(column), line: row.line)
        }
        rows.append(PeopleFileRow(line: row.line, cells: columns.used.map { ListText.plain(row[$0]) }))
    }

    // MARK: What the rows mean

    private consuming func file() throws(PeopleFileError) -> PeopleFile {
        guard !rows.isEmpty else { throw .noRows }
        var starts = try DateColumn(.start, columns, rows, options, from1904: from1904)
        var ends = try DateColumn(.end, columns, rows, options, from1904: from1904)
        let statuses = try StatusColumn(columns, rows, options)
        let (name, first, last) = (columns.slot(.name), columns.slot(.firstName), columns.slot(.lastName))
        let (manager, department, status) = (columns.slot(.manager), columns.slot(.department), columns.slot(.status))
        let (start, end, employment) = (columns.slot(.start), columns.slot(.end), columns.slot(.employmentType))
        let (emails, others) = (columns.slots(.email), columns.slots(.otherEmail))
        var people: [Person] = []
        people.reserveCapacity(rows.count)
        for row in rows {
            let parts = [row[first], row[last]].filter { !$0.isEmpty }.joined(separator: " ")
            people.append(
                Person(
                    line: row.line, addresses: addresses(row, emails, others),
                    name: row[name].isEmpty ? parts : row[name], manager: row[manager], department: row[department],
                    statusText: row[status], status: statuses.meaning(of: row[status]),
                    start: try starts.day(row[start], line: row.line), end: try ends.day(row[end], line: row.line),
                    employmentType: row[employment]))
        }
        guard people.contains(where: { !$0.addresses.isEmpty }) else { throw .nobody(remarks.first) }
        let missing = people.filter(\.addresses.isEmpty)
        if let first = missing.first {
            remarks.append(
                "\(missing.count == 1 ? "1 person has" : "\(missing.count) people have") no work address, the first on "
                    + "line \(first.line)")
        }
        let id = columns.slot(.id)
        ManagerNames.resolve(&people, ids: rows.map { $0[id] })
        return PeopleFile(
            people: people, knowsLeavers: columns.place(.status) != nil || columns.place(.end) != nil,
            columns: columns.description, remarks: remarks, unreadable: unreadable)
    }

    /// The addresses of a row, the work address first.
    private mutating func addresses(_ row: PeopleFileRow, _ emails: Range<Int>, _ others: Range<Int>) -> [String] {
        if others.isEmpty, emails.count == 1, let only = try? Self.address(in: row[emails.lowerBound]) {
            return [only.text]
        }
        var (found, seen): ([String], Set<String>) = ([], [])
        for (slots, isWork) in [(emails, true), (others, false)] {
            for cell in slots.map({ row[$0] }) where !cell.isEmpty {
                let (addresses, problems) = Self.addresses(in: cell)
                found += addresses.filter { seen.insert($0.key).inserted }.map(\.text)
                // The name of a guest account is no address, and the row has another one.
                guard isWork || !problems.allSatisfy({ $0 == .guestName }) else { continue }
                if let problem = problems.first {
                    remarks.append("line \(row.line): \(problem.sentence(about: cell))")
                }
            }
        }
        if found.isEmpty, emails.contains(where: { !row[$0].isEmpty }) { unreadable.insert(row.line) }
        return found
    }

    /// The addresses in a cell, which can have several: `SMTP:lena@acme.io;smtp:l.vogt@acme.io`.
    private static func addresses(in cell: String) -> ([EmailAddress], [InvalidEmail]) {
        if let only = try? address(in: cell) { return ([only], []) }
        var (found, problems): ([EmailAddress], [InvalidEmail]) = ([], [])
        for part in cell.split(whereSeparator: { ";,|".contains($0) || $0.isWhitespace }) {
            do throws(InvalidEmail) {
                found.append(
                    try address(in: part.lowercased().hasPrefix("smtp:") ? String(part.dropFirst(5)) : String(part)))
            } catch {
                problems.append(error)
            }
        }
        return (found, problems)
    }

    /// One address, which nothing is sent to: it may have unusual characters.
    private static func address(in text: String) throws(InvalidEmail) -> EmailAddress {
        do throws(InvalidEmail) {
            return try WrittenAddress(text).address
        } catch {
            if case .guestName = error { throw error }
            return try WrittenAddress(text, allowsUnusual: true).address
        }
    }
}

/// A row with the cells that are used, in the order of ``PeopleFileColumns/used``.
struct PeopleFileRow {
    let line: Int
    let cells: [String]

    /// The text of a cell; empty for a column that the list does not have.
    subscript(_ slot: Int?) -> String { slot.map { cells[$0] } ?? "" }
}

extension ListSource {
    /// Opens a sheet of a workbook with a company's own list of people.
    ///
    /// - Throws: ``WorkbookError``, or ``ListError`` if there is no such sheet, or more than one.
    public init(workbook path: String, _ options: PeopleFileOptions) throws {
        try self.init(workbook: path, options.list)
    }
}

/// Finds out whom the column of managers means.
private struct ManagerNames {
    private var byID: [String: Int] = [:]
    /// nil for a name of several people.
    private var byName: [String: Int?] = [:]

    private init(_ people: [Person], ids: [String]) {
        for (place, person) in people.enumerated() {
            if !ids[place].isEmpty, byID[ids[place]] == nil { byID[ids[place]] = place }
            let key = PersonName.keyInOrder(of: person.name)
            if key.isEmpty { continue }
            guard let other = byName[key] else {
                byName[key] = place
                continue
            }
            // Two rows with one address are about one person.
            if let other, people[other].addresses.first != person.addresses.first { byName[key] = .some(nil) }
        }
    }

    /// Replaces managers by their addresses, where they are known.
    static func resolve(_ people: inout [Person], ids: [String]) {
        var labels: [String: String] = [:]
        // Most lists have addresses of managers, and need no index of names.
        var index: ManagerNames?
        for text in Set(people.map(\.manager)) where !text.isEmpty {
            if let address = try? WrittenAddress(text, allowsUnusual: true) {
                labels[text] = address.address.text
                continue
            }
            let names = index ?? ManagerNames(people, ids: ids)
            index = names
            guard let found = names.byID[text] ?? names.byName[PersonName.keyInOrder(of: text)] ?? nil else { continue }
            labels[text] = people[found].addresses.first ?? people[found].name
        }
        for place in people.indices { people[place].manager = labels[people[place].manager] ?? people[place].manager }
    }
}
