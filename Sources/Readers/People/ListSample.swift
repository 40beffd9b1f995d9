/// The first rows of a list, as evidence about its columns.
struct ListSample: Sendable {
    /// The number of rows in the sample.
    let rows: Int
    /// The number of rows in which each column has text.
    private(set) var filled: [Int]
    /// The number of rows in which each column has an `@`.
    private(set) var addresses: [Int]
    private let data: ArraySlice<ListRow>

    /// The maximum numbers of rows and cells; more would rarely add information.
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

    /// Whether most texts in a column look like addresses.
    func isOfAddresses(_ column: Int) -> Bool { addresses[column] > 0 && addresses[column] * 2 >= filled[column] }

    /// The first text in a column.
    func first(_ column: Int) -> String? {
        data.first { !$0.isEmpty(at: column) }.map { ListText.plain($0[column]) }
    }

    /// Whether any cell of a column fulfils a condition.
    func holds(_ column: Int, _ isOne: (String) -> Bool) -> Bool {
        data.contains { !$0.isEmpty(at: column) && isOne(ListText.plain($0[column])) }
    }

    /// Whether most non-empty cells of a column fulfil a condition.
    func isMostly(_ column: Int, _ isOne: (String) -> Bool) -> Bool {
        data.count { !$0.isEmpty(at: column) && isOne(ListText.plain($0[column])) } * 2 > filled[column]
    }

    /// Whether a column contains only words for states, or for kinds of employment. An empty column may contain states
    /// further down.
    ///
    /// - Parameter allowsAnswers: whether yes and no, in words, letters or digits, are accepted.
    func isOfStates(_ column: Int, allowsAnswers: Bool) -> Bool {
        let values = peoplesValues(column)
        let codes = Set(values.map(ListText.key))
        if !codes.isEmpty, codes.allSatisfy(TruthCodes.isCode) {
            return allowsAnswers && !TruthCodes.kinds(of: codes, isYesOrNo: true).isEmpty
        }
        let states = values.map { RowState($0) }
        // One word that certainly means that a person has left is enough, if there are few others.
        if values.count <= Self.fewest, states.contains(where: { $0.kind == .out && !$0.isAnswer }) { return true }
        return states.allSatisfy { $0.isUnderstood || $0.kind == .blank }
            && (allowsAnswers || states.contains { !$0.isAnswer && ($0.mentionsOut || $0.mentionsIn) })
    }

    /// A column with more different values contains other text.
    private static let fewest = 12

    /// Whether a column contains only dates, and some rows have none.
    func isOfDates(_ column: Int) -> Bool {
        filled[column] > 0 && filled[column] < rows && values(column).allSatisfy { WrittenDate($0) != nil }
    }

    /// Whether a column contains words for accounts that certainly do not belong to people.
    func holdsRobots(_ column: Int) -> Bool {
        values(column).contains(where: ListWords.namesRobot)
    }

    /// Whether a row with an address has this text in a column.
    func isOfSomebody(_ text: String, in column: Int) -> Bool {
        data.contains { $0.hasAtSign && ListText.plain($0[column]) == text }
    }

    /// Whether two columns have the same text in every row, and are not empty.
    func areSame(_ first: Int, _ second: Int) -> Bool {
        filled[first] > 0 && data.allSatisfy { ListText.key($0[first]) == ListText.key($0[second]) }
    }

    /// The different values of a column, in the order of the rows.
    func values(_ column: Int) -> [String] { values(column, in: data) }

    /// The values in rows with an address, which excludes titles between the rows.
    private func peoplesValues(_ column: Int) -> [String] {
        let people = data.filter(\.hasAtSign)
        return values(column, in: people.isEmpty ? data : people[...])
    }

    private func values(_ column: Int, in rows: ArraySlice<ListRow>) -> [String] {
        var seen: Set<String> = []
        return rows.filter { !$0.isEmpty(at: column) }.map { ListText.plain($0[column]) }
            .filter { !$0.isEmpty && seen.insert(ListText.key($0)).inserted }
    }

    /// Some values of a column, for messages.
    func texts(_ column: Int) -> [String] { Array(values(column).prefix(2)) }
}
