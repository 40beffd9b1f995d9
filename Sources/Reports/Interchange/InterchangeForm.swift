import Domain

/// The columns of another product, in its order and with its names.
struct InterchangeForm<Item> {
    /// One column.
    struct Field {
        /// The header, exactly as the product documents it.
        let name: String
        /// Whether the cells follow from the raw response, the review id and the source alone.
        private(set) var isProven = false
        fileprivate let source: CellSource<Item>

        /// A column with the same cell in every row; empty if there is no data for it.
        init(_ name: String, always cell: Cell = .empty) {
            self.name = name
            source = .always(cell)
        }

        init(_ name: String, _ find: @escaping (Item) -> Cell) {
            self.name = name
            source = .found(find)
        }

        /// The same column, marked as verifiable: `verify` compares its cells with the raw response.
        var proven: Field {
            var field = self
            field.isProven = true
            return field
        }
    }

    let fields: [Field]
    private let row: RowCells<Item>

    init(_ fields: [Field]) {
        self.fields = fields
        row = RowCells(fields.map(\.source))
    }

    var columns: [Column] { fields.map { Column($0.name, $0.name, width: 20, help: "") } }

    func cells(of item: Item) -> [Cell] { row.cells(of: item) }
}
