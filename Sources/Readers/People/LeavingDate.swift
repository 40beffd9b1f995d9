/// What a cell says in a column of dates on which people leave.
///
/// The raw value is what a question calls it.
enum LeavingDate: String, CaseIterable {
    /// Nothing, or zeros as SAP writes them: `00000000`
    case blank = ""
    /// A date beyond anybody's work, which stands for none: `31.12.9999`
    case never = "a date that never comes"
    case past = "a date in the past"
    case future = "today or later"
    /// `03/02/2026` beside 15 February is either.
    case eitherWay = "a date that may be either"
    /// Something else, such as `left`.
    case text = "other text"

    /// A date further away stands for none, in days.
    private static let far = 50 * 365

    /// - Parameters:
    ///   - isBlank: whether the cell has no words.
    ///   - today: in days since 1970-01-01.
    init(_ cell: String, isBlank: Bool, today: Int) {
        if isBlank || Self.isZero(cell) {
            self = .blank
        } else if let date = WrittenDate(cell) {
            self =
                if date.latest < today {
                    .past
                } else if date.earliest < today {
                    .eitherWay
                } else {
                    date.earliest > today + Self.far ? .never : .future
                }
        } else {
            self = .text
        }
    }

    private static func isZero(_ cell: String) -> Bool {
        let digits = cell.filter { $0.isLetter || $0.isNumber }
        return digits.count >= 8 && digits.allSatisfy { $0 == "0" }
    }
}
