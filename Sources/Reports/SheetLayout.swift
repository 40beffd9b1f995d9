/// How sheets and pages show the columns of a table that people complete. CSV and JSON keep the order of the table, on
/// which other programs rely; a sheet starts with what a reviewer needs for a decision.
public struct SheetLayout: Hashable, Sendable {
    /// A column of the sheet.
    public struct Place: Hashable, Sendable {
        /// The key of the column.
        public var key: String
        /// The width on the sheet, in characters. Longer text is wrapped.
        public var width: Int

        /// Creates a place.
        public init(_ key: String, width: Int) {
            self.key = key
            self.width = width
        }
    }

    /// The first columns, in their order; columns that the table does not have are skipped. Its other columns follow in
    /// the order of the table.
    public var first: [Place]
    /// The key of the last column that stays visible while scrolling.
    public var frozenThrough: String
    /// The keys of columns that are not on the sheet.
    public var omitted: Set<String>

    /// Creates a layout.
    public init(first: [Place], frozenThrough: String, omitted: Set<String> = []) {
        self.first = first
        self.frozenThrough = frozenThrough
        self.omitted = omitted
    }

    /// The indices in `columns` of the columns of the sheet, in the order of the sheet.
    func order(of columns: [Column]) -> [Int] {
        let leading = first.compactMap { place in columns.firstIndex { $0.key == place.key } }
        let others = columns.indices.filter { place in
            !leading.contains(place) && !omitted.contains(columns[place].key)
        }
        return leading + others
    }

    /// The width of a column on the sheet.
    func width(of column: Column) -> Int { first.first { $0.key == column.key }?.width ?? column.width }
}
