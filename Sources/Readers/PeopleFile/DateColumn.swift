import Domain
import People

/// A column of dates, whose order follows from its values: `31/03/2026` can only begin with the day.
struct DateColumn {
    private let field: PeopleFileField
    private let candidate: PeopleFileError.Candidate?
    private let order: DateOrder?
    private let today: Day
    /// The texts that were read before: most dates of a list occur often.
    private var days: [String: Day?] = [:]

    /// - Throws: ``PeopleFileError`` if a date can be read in two ways, and neither an option nor another value of the
    ///   column decides.
    init(
        _ field: PeopleFileField, _ columns: PeopleFileColumns, _ rows: [PeopleFileRow], _ options: PeopleFileOptions
    ) throws(PeopleFileError) {
        self.field = field
        today = options.today
        candidate = columns.place(field).map(columns.candidate)
        var order = options.dateOrder
        if order == nil, let candidate {
            var unclear: (text: String, dayFirst: Day, monthFirst: Day)?
            var only: Set<DateOrder> = []
            let slot = columns.slot(field)
            var seen: Set<String> = [""]
            for row in rows {
                let text = row[slot]
                guard seen.insert(text).inserted else { continue }
                switch (WrittenDate(text, order: .dayFirst), WrittenDate(text, order: .monthFirst)) {
                case (let day?, let month?) where day != month:
                    if unclear == nil { unclear = (text, Day(number: day.latest), Day(number: month.latest)) }
                case (.some, nil) where !Self.isWithDots(text): only.insert(.dayFirst)
                case (nil, .some): only.insert(.monthFirst)
                default: break
                }
            }
            if only.count == 1 { order = only.first }
            if let unclear, only.count != 1 {
                throw .unclearDates(
                    candidate, field, text: unclear.text, dayFirst: unclear.dayFirst, monthFirst: unclear.monthFirst)
            }
        }
        self.order = order
    }

    /// Dates with dots begin with the day, and say nothing about those with slashes.
    private static func isWithDots(_ text: String) -> Bool { text.prefix(3).contains(".") }

    /// The day in a cell; nil for an empty cell, and for a date that means no date.
    ///
    /// - Throws: ``PeopleFileError`` for another text.
    mutating func day(_ text: String, line: Int) throws(PeopleFileError) -> Day? {
        guard let candidate, !text.isEmpty else { return nil }
        if let known = days[text] { return known }
        let day = try read(text, candidate, line: line)
        days[text] = .some(day)
        return day
    }

    private func read(
        _ text: String, _ candidate: PeopleFileError.Candidate, line: Int
    ) throws(PeopleFileError) -> Day? {
        switch LeavingDate(text, today: today.number) {
        case .blank, .never: return nil
        case .past, .future, .eitherWay, .text: break
        }
        guard let date = WrittenDate(text, order: order) else {
            throw .noDate(candidate, field, line: line, text: text)
        }
        return Day(number: date.latest)
    }
}
