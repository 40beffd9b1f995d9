import Domain

/// Which rows of a list are meant: by the filters that somebody gave, and by columns that say who is in and who is out.
///
/// Such a column leaves nobody out by itself. If its values differ, somebody has to decide, and until then the list is
/// not read.
struct RowSelection {
    private struct Filter {
        var column: Int
        var keeps: Bool
        /// As they were given, by the form in which they are compared.
        var values: [String: String]
        var met: Set<String> = []
        /// Which dates are meant besides, with the word for them.
        var dates: [LeavingDate: String] = [:]
        /// What else the column holds, to show somebody who mistyped a value.
        var others: [String] = []

        var option: String { keeps ? "--only" : "--except" }
    }

    private var filters: [Filter] = []
    private var tallies: [ColumnTally]
    /// How many rows are meant, and how many are left out.
    private var counts = (meant: 0, left: 0)
    private let columns: ListColumns
    private let options: ListOptions

    init(_ columns: ListColumns, _ options: ListOptions) throws(ListError) {
        self.columns = columns
        self.options = options
        tallies = []
        for filter in options.filters {
            let option = filter.keeps ? "--only" : "--except"
            guard let column = try columns.column(filter.column, option: option) else { continue }
            let values = Dictionary(
                filter.values.map { (ListText.key($0), $0) }, uniquingKeysWith: { first, _ in first })
            if let place = filters.firstIndex(where: { $0.column == column && $0.keeps == filter.keeps }) {
                filters[place].values.merge(values) { first, _ in first }
            } else {
                filters.append(Filter(column: column, keeps: filter.keeps, values: values))
            }
        }
        for place in filters.indices {
            filters[place].dates = RowFilter.dates.filter { filters[place].values[$0.value] != nil }
        }
        guard !options.takesAllRows else { return }
        let decided = Set(filters.map(\.column))
        tallies = columns.watched.filter { watched in
            // What is no account type may be no person.
            let isOfUse = columns.isFree(watched.column) || watched.meaning == .kind
            return isOfUse && !decided.contains(watched.column)
        }.map { ColumnTally($0.column, $0.meaning, columns.words[$0.column], options) }
    }

    /// The columns that the filters look at.
    var columnsOfFilters: [Int] { filters.map(\.column) }

    /// Whether nothing has to be looked at.
    private var isIdle: Bool { filters.isEmpty && tallies.isEmpty }

    /// Takes a row.
    ///
    /// - Returns: why it is left out; nil if it is meant.
    mutating func take(_ row: ListRow) -> String? {
        if isIdle { return nil }
        var reason: String?
        for place in filters.indices {
            let text = ListText.plain(row[filters[place].column])
            let key = ListText.key(text)
            var named = filters[place].values[key] == nil ? nil : key
            if named == nil, !filters[place].dates.isEmpty {
                named = filters[place].dates[LeavingDate(text, today: options.today)]
            }
            let isNamed = named != nil
            if let named {
                filters[place].met.insert(named)
            } else if filters[place].others.count < 12, !filters[place].others.contains(text) {
                filters[place].others.append(text)
            }
            guard isNamed != filters[place].keeps, reason == nil else { continue }
            let name = ListColumns.quoted(
                columns.headers.isEmpty ? "\(filters[place].column + 1)" : columns.headers[filters[place].column])
            reason = "\(name) is \"\(Terminal.plain(text, limit: 40))\" (\(filters[place].option))"
        }
        guard reason == nil else {
            counts.left += 1
            return reason
        }
        counts.meant += 1
        // Only the rows that are left may differ.
        for place in tallies.indices.reversed() {
            if !tallies[place].note(ListText.plain(row[tallies[place].column])) { tallies.remove(at: place) }
        }
        return nil
    }

    /// The list is at its end.
    ///
    /// - Throws: ``ListError`` where a filter names a value that no row has, all rows are left out, or a column needs a
    ///   decision. One column at a time is asked about: the answer may leave rows that all agree in the next.
    func finish() throws(ListError) {
        for filter in filters {
            // Whether there are dates of a kind depends on the day.
            let words = filter.met.isEmpty ? [] : Set(filter.dates.values)
            let unmet = filter.values.first { !filter.met.contains($0.key) && !words.contains($0.key) }
            guard let value = unmet?.value else { continue }
            let known = filter.met.compactMap { filter.values[$0] }.sorted() + filter.others
            throw .noSuchValue(option: filter.option, columns.candidate(filter.column), value: value, values: known)
        }
        if counts.meant == 0, counts.left > 0 {
            throw .nobodyLeft(
                rows: counts.left, filters: filters.map { "\($0.option) \(columns.candidate($0.column).name)" })
        }
        let isDecided = filters.contains { columns.states.contains($0.column) }
        let undecided = tallies.compactMap { tally in
            ColumnQuestion(tally, for: options.purpose, isDecided: isDecided)
                .undecided(columns.candidate(tally.column))
        }
        // One whose words say who is meant, before one that has to be looked at; a state before a date, which may be that
        // of a leave or of an earlier contract.
        let asked = undecided.filter { !$0.choices.isEmpty }
        if let first = asked.first(where: { $0.subject != .leaving }) ?? asked.first ?? undecided.first {
            throw .undecided(first)
        }
    }
}
