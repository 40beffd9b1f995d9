/// What the first rows of a list show of its columns.
struct ListSample: Sendable {
    /// How many rows were looked at.
    let rows: Int
    /// In how many of them each column has text.
    private(set) var filled: [Int]
    /// In how many of them it has an `@`.
    private(set) var addresses: [Int]
    private let data: ArraySlice<ListRow>

    /// How many rows, and how many cells, are kept to look at: more would seldom say more.
    static let limits = (rows: 100, cells: 50_000)

    init(_ data: ArraySlice<ListRow>, width: Int) {
        self.data = data
        rows = data.count
        filled = Array(repeating: 0, count: width)
        addresses = filled
        for row in data {
            for column in 0..<min(width, row.count) where !row.isEmpty(at: column) {
                filled[column] += 1
                if row.hasAtSign(at: column) { addresses[column] += 1 }
            }
        }
    }

    /// Whether most of what a column holds looks like addresses.
    func isOfAddresses(_ column: Int) -> Bool { addresses[column] > 0 && addresses[column] * 2 >= filled[column] }

    /// The first text that a column has.
    func first(_ column: Int) -> String? {
        data.first { !$0.isEmpty(at: column) }.map { ListText.plain($0[column]) }
    }

    /// Whether a cell of a column is of a kind.
    func holds(_ column: Int, _ isOne: (String) -> Bool) -> Bool {
        data.contains { !$0.isEmpty(at: column) && isOne(ListText.plain($0[column])) }
    }

    /// Whether most cells of a column that have text are of a kind.
    func isMostly(_ column: Int, _ isOne: (String) -> Bool) -> Bool {
        data.count { !$0.isEmpty(at: column) && isOne(ListText.plain($0[column])) } * 2 > filled[column]
    }

    /// Whether all that a column holds are words for states, or for how somebody is employed. An empty one may hold states
    /// further down.
    ///
    /// - Parameter allowsAnswers: whether a yes and a no will do, in words, letters or digits.
    func isOfStates(_ column: Int, allowsAnswers: Bool) -> Bool {
        let values = peoplesValues(column)
        let codes = Set(values.map(ListText.key))
        if !codes.isEmpty, codes.allSatisfy(TruthCodes.isCode) {
            return allowsAnswers && !TruthCodes.kinds(of: codes, isYesOrNo: true).isEmpty
        }
        let states = values.map { RowState($0) }
        // One word that certainly says that somebody has left is enough, among few others.
        if values.count <= Self.fewest, states.contains(where: { $0.kind == .out && !$0.isAnswer }) { return true }
        return states.allSatisfy { $0.isUnderstood || $0.kind == .blank }
            && (allowsAnswers || states.contains { !$0.isAnswer && ($0.mentionsOut || $0.mentionsIn) })
    }

    /// More different values than these are texts.
    private static let fewest = 12

    /// Whether all that a column holds are dates, and some rows have none.
    func isOfDates(_ column: Int) -> Bool {
        filled[column] > 0 && filled[column] < rows && values(column).allSatisfy { WrittenDate($0) != nil }
    }

    /// Whether a column holds words for accounts that are certainly no person's.
    func holdsRobots(_ column: Int) -> Bool {
        values(column).contains(where: ListWords.namesRobot)
    }

    /// Whether a row with an address has this text in a column.
    func isOfSomebody(_ text: String, in column: Int) -> Bool {
        data.contains { $0.hasAtSign && ListText.plain($0[column]) == text }
    }

    /// Whether two columns have the same text in every row, and have some.
    func areSame(_ first: Int, _ second: Int) -> Bool {
        filled[first] > 0 && data.allSatisfy { ListText.key($0[first]) == ListText.key($0[second]) }
    }

    /// The different values of a column, in the order in which they stand.
    func values(_ column: Int) -> [String] { values(column, in: data) }

    /// Those in the rows with an address: a title between them is nobody's.
    private func peoplesValues(_ column: Int) -> [String] {
        let people = data.filter(\.hasAtSign)
        return values(column, in: people.isEmpty ? data : people[...])
    }

    private func values(_ column: Int, in rows: ArraySlice<ListRow>) -> [String] {
        var seen: Set<String> = []
        return rows.filter { !$0.isEmpty(at: column) }.map { ListText.plain($0[column]) }
            .filter { !$0.isEmpty && seen.insert(ListText.key($0)).inserted }
    }

    /// Some of a column's values, to show.
    func texts(_ column: Int) -> [String] { Array(values(column).prefix(2)) }
}
