import Domain

/// The columns of another product, in its order and under its names, and how their cells are found.
struct InterchangeForm<Item> {
    /// One column.
    struct Field {
        fileprivate enum Source {
            /// The same in every row; empty where nobody here knows what stands there.
            case always(Cell)
            /// Found in the item.
            case found((Item) -> Cell)
        }

        /// The header, exactly as the product documents it.
        let name: String
        /// Whether the cells follow from the raw answer, the review's name and its source alone.
        private(set) var isProven = false
        fileprivate let source: Source

        init(_ name: String, always cell: Cell = .empty) {
            self.name = name
            source = .always(cell)
        }

        init(_ name: String, _ find: @escaping (Item) -> Cell) {
            self.name = name
            source = .found(find)
        }

        /// The same column, whose cells `verify` holds against the raw answer.
        var proven: Field {
            var field = self
            field.isProven = true
            return field
        }
    }

    let fields: [Field]
    /// A row in which only that stands which is the same in every row.
    private let start: [Cell]
    private let finders: [(place: Int, find: (Item) -> Cell)]

    init(_ fields: [Field]) {
        self.fields = fields
        start = fields.map { if case .always(let cell) = $0.source { cell } else { .empty } }
        finders = fields.enumerated().compactMap { place, field in
            if case .found(let find) = field.source { (place, find) } else { nil }
        }
    }

    var columns: [Column] { fields.map { Column($0.name, $0.name, width: 20, help: "") } }

    func cells(of item: Item) -> [Cell] {
        var cells = start
        for finder in finders { cells[finder.place] = finder.find(item) }
        return cells
    }
}
