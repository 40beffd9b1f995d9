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
        /// What else the column holds, to show somebody who mistyped a value.
        var others: [String] = []

        var option: String { keeps ? "--only" : "--except" }
    }

    /// A column whose header says that it tells who is in.
    private struct States {
        var column: Int
        /// By the text as first written: in how many rows it stands, and what it says.
        var values: [String: Value] = [:]
        /// Rows with values beyond those that are kept.
        var others = 0

        struct Value {
            var text: String
            var count: Int
            var state: RowState
            var order: Int
        }
    }

    private var filters: [Filter] = []
    private var states: [States]
    private let columns: ListColumns
    private let options: ListOptions

    /// More different values than these are no states, whatever the words are.
    private static let most = 40

    init(_ columns: ListColumns, _ options: ListOptions) throws(ListError) {
        self.columns = columns
        self.options = options
        states = []
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
        guard !options.takesAllRows else { return }
        let decided = Set(filters.map(\.column))
        states = columns.states.filter { !decided.contains($0) && columns.isFree($0) }.map { States(column: $0) }
    }

    /// The columns that the filters look at.
    var columnsOfFilters: [Int] { filters.map(\.column) }

    /// Whether nothing has to be looked at.
    private var isIdle: Bool { filters.isEmpty && states.isEmpty }

    /// Takes a row.
    ///
    /// - Returns: why it is left out; nil if it is meant.
    mutating func take(_ row: ListRow) -> String? {
        if isIdle { return nil }
        for place in states.indices.reversed() where !note(row, in: &states[place]) { states.remove(at: place) }
        var reason: String?
        for place in filters.indices {
            let text = ListText.plain(row[filters[place].column])
            let key = ListText.key(text)
            let isNamed = filters[place].values[key] != nil
            if isNamed {
                filters[place].met.insert(key)
            } else if filters[place].others.count < 12, !filters[place].others.contains(text) {
                filters[place].others.append(text)
            }
            guard isNamed != filters[place].keeps, reason == nil else { continue }
            let name = ListColumns.quoted(
                columns.headers.isEmpty ? "\(filters[place].column + 1)" : columns.headers[filters[place].column])
            reason = "\(name) is \"\(Terminal.plain(text, limit: 40))\" (\(filters[place].option))"
        }
        return reason
    }

    /// Counts a value; false if the column is one of texts, and says nothing about who is in.
    private func note(_ row: ListRow, in states: inout States) -> Bool {
        let text = ListText.plain(row[states.column])
        if states.values[text] != nil {
            states.values[text]?.count += 1
        } else if states.values.count < Self.most {
            states.values[text] = .init(text: text, count: 1, state: RowState(text), order: states.values.count)
        } else {
            states.others += 1
            return states.values.values.contains { $0.state.mentionsOut || $0.state.mentionsIn }
        }
        return true
    }

    /// The list is at its end.
    ///
    /// - Throws: ``ListError`` where a filter names a value that no row has, or a column needs a decision.
    func finish() throws(ListError) {
        for filter in filters {
            guard let value = filter.values.first(where: { !filter.met.contains($0.key) })?.value else { continue }
            let known = filter.met.compactMap { filter.values[$0] }.sorted() + filter.others
            throw .noSuchValue(option: filter.option, columns.candidate(filter.column), value: value, values: known)
        }
        let undecided = states.compactMap(undecided)
        if !undecided.isEmpty { throw .undecided(undecided) }
    }

    /// What there is to decide about a column; nil if everybody in it is the same, or it says something else.
    private func undecided(_ states: States) -> ListError.Undecided? {
        // `Active` and `active` are one value.
        var merged: [String: States.Value] = [:]
        for value in states.values.values.sorted(by: { $0.order < $1.order }) {
            let key = ListText.key(value.text)
            if merged[key] == nil { merged[key] = value } else { merged[key]?.count += value.count }
        }
        let values = merged.values.sorted { $0.order < $1.order }
        let isNegative = columns.words[states.column].isNegative
        let isOut = { (value: States.Value) in isNegative ? value.state.mentionsIn : value.state.mentionsOut }
        let isIn = { (value: States.Value) in isNegative ? value.state.mentionsOut : value.state.mentionsIn }
        let differ = values.count > 1
        // One word for a state among others is enough: who else is meant is not told.
        let isForInvites = options.purpose != .disable && values.contains(where: isOut)
        let isForRemovals = options.purpose == .disable && differ && values.contains(where: { isIn($0) || isOut($0) })
        let areStates = values.allSatisfy { $0.state.kind != .unknown } && values.contains { $0.state.kind != .blank }
        guard isForInvites || isForRemovals || (differ && areStates) else { return nil }
        let kinds: (wanted: RowState.Kind, unwanted: RowState.Kind) =
            (options.purpose == .disable) != isNegative ? (.out, .in) : (.in, .out)
        let texts = { (kind: RowState.Kind) in values.filter { $0.state.kind == kind }.map(\.text) }
        return ListError.Undecided(
            column: columns.candidate(states.column), values: values.map { ($0.text, $0.count) }, others: states.others,
            wanted: texts(kinds.wanted), unwanted: texts(kinds.unwanted))
    }
}
