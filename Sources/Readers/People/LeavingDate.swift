/// The meaning of a cell in a column of leaving dates.
///
/// The raw value is the name in messages.
enum LeavingDate: String, CaseIterable {
    /// Empty, or a placeholder: `-`, `n/a`, `00000000`, `01.01.1900`, `never`, `current`
    case blank = "no date"
    /// A date so far away that it means no date: `31.12.9999`
    case never = "a date that never comes"
    case past = "a date in the past"
    case future = "today or later"
    /// `03/02/2026` on 15 February.
    case eitherWay = "a date that can be read in two ways"
    /// Something else, such as `left`.
    case text = "other text"

    /// A date further away than this means no date, in days.
    private static let far = 50 * 365
    /// Days since 1970-01-01; programs write the first day of their calendar for no date.
    private static let firstDay = 1

    /// - Parameters:
    ///   - today: in days since 1970-01-01.
    ///   - from1904: whether the days of a workbook are counted from 1904.
    init(_ cell: String, today: Int, from1904: Bool = false) {
        if let date = WrittenDate(cell, from1904: from1904) {
            self =
                if date.latest <= Self.firstDay {
                    .blank
                } else if date.latest < today {
                    .past
                } else if date.earliest < today {
                    .eitherWay
                } else {
                    date.earliest > today + Self.far ? .never : .future
                }
            return
        }
        self = Self.isPlaceholder(cell) ? .blank : .text
    }

    private static let placeholders: Set = [
        "na", "nil", "null", "nan", "nd", "tbd", "neant", "unbefristet", "permanent", "indefinite", "indefinido",
        "openend",
    ]

    /// Whether a cell means no date: without letters and digits, with only zeros and the first years of the calendars
    /// of programs, or with a word for a person who is still active.
    private static func isPlaceholder(_ cell: String) -> Bool {
        let letters = ListText.letters(cell)
        if letters.isEmpty || placeholders.contains(letters) { return true }
        let numbers = cell.split { !$0.isNumber }
        if letters.allSatisfy(\.isNumber) {
            return numbers.allSatisfy { Int($0) == 0 } || ["0001", "1899", "1900"].contains { numbers.contains($0) }
        }
        let state = RowState(cell)
        return state.isAnswer ? state.kind == .out : state.kind == .in
    }
}
