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

    /// Whether a cell of a column is of a kind.
    func holds(_ column: Int, _ isOne: (String) -> Bool) -> Bool {
        data.contains { !$0.isEmpty(at: column) && isOne(ListText.plain($0[column])) }
    }

    /// Whether most cells of a column that have text are of a kind.
    func isMostly(_ column: Int, _ isOne: (String) -> Bool) -> Bool {
        data.count { !$0.isEmpty(at: column) && isOne(ListText.plain($0[column])) } * 2 > filled[column]
    }

    /// Some of a column's values, to show.
    func texts(_ column: Int) -> [String] {
        var found: [String] = []
        for row in data where !row.isEmpty(at: column) {
            let text = ListText.plain(row[column])
            if !text.isEmpty, !found.contains(text) { found.append(text) }
            if found.count == 2 { break }
        }
        return found
    }
}
