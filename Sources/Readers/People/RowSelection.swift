import Domain

/// Selects rows of a list: by filters of the user, and by columns with states.
///
/// A column with states does not exclude rows by itself: if its values differ, the user has to decide, and until then
/// the list is not used.
struct RowSelection {
    private struct Filter {
        var column: Int
        var keeps: Bool
        /// The values as given, by the form in which they are compared.
        var values: [String: String]
        var met: Set<String> = []
        /// The kinds of dates that the values stand for, with the word for each.
        var dates: [LeavingDate: String] = [:]
        /// Other values of the column, to help with a mistyped value.
        var others: [String] = []

        var option: String { keeps ? "--only" : "--except" }
    }

    private var filters: [Filter] = []
    private var tallies: [ColumnTally]
    /// The numbers of selected and excluded rows.
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
            // A value in the column of account types that is not a type may mean an account without a person.
            let isOfUse = columns.isFree(watched.column) || watched.meaning == .kind
            return isOfUse && !decided.contains(watched.column)
        }.map { ColumnTally($0.column, $0.meaning, columns.words[$0.column], options) }
    }

    /// The columns of the filters.
    var columnsOfFilters: [Int] { filters.map(\.column) }

    /// Whether there is nothing to check.
    private var isIdle: Bool { filters.isEmpty && tallies.isEmpty }

    /// Processes a row.
    ///
    /// - Returns: why it is excluded; nil if it is selected.
    mutating func take(_ row: ListRow) -> String? {
        if isIdle { return nil }
        var reason: String?
        for place in filters.indices {
            let text = ListText.plain(row[filters[place].column])
            let key = ListText.key(text)
            var named = filters[place].values[key] == nil ? nil : key
            if named == nil, !filters[place].dates.isEmpty {
                named =
                    filters[place].dates[
                        LeavingDate(text, today: options.today, from1904: options.countsFrom1904)]
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
        // Excluded rows do not count in the tallies.
        for place in tallies.indices.reversed() {
            if !tallies[place].note(ListText.plain(row[tallies[place].column])) { tallies.remove(at: place) }
        }
        return nil
    }

    /// Processes the end of the list.
    ///
    /// - Throws: ``ListError`` if a filter has a value that no row has, if all rows are excluded, or if a column needs
    ///   a decision. Only one column is reported, because the decision may resolve the next one.
    func finish() throws(ListError) {
        for filter in filters {
            // The kinds of dates in the list depend on the current day, so words for dates may match no row.
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
        // Columns with proposed options come first; states come before dates, which may be those of a leave or an
        // earlier contract.
        let asked = undecided.filter { !$0.choices.isEmpty }
        if let first = asked.first(where: { $0.subject != .leaving }) ?? asked.first ?? undecided.first {
            throw .undecided(first)
        }
    }
}
