import Domain
import People

/// A column of dates, whose order follows from its values: `31/03/2026` can only begin with the day.
struct DateColumn {
    private let field: PeopleFileField
    private let candidate: PeopleFileError.Candidate?
    private let order: DateOrder?
    private let today: Day
    /// Whether the days of the workbook are counted from 1904.
    private let from1904: Bool
    /// The texts that were read before: most dates of a list occur often.
    private var days: [String: Day?] = [:]

    /// - Throws: ``PeopleFileError`` if a date can be read in two ways, and neither an option nor another value of the
    ///   column decides.
    init(
        _ field: PeopleFileField, _ columns: PeopleFileColumns, _ rows: [PeopleFileRow], _ options: PeopleFileOptions,
        from1904: Bool
    ) throws(PeopleFileError) {
        self.field = field
        self.from1904 = from1904
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

    /// Whether a text has nothing besides a date and a time: `31.01.2026 (extended to 31.12.2026)` may mean either day, and
    /// `31.01.2026?` none.
    private static func isOneDate(_ text: String) -> Bool {
        let groups = text.split { !$0.isASCII || !$0.isNumber }
        let years = groups.count { group in group.count == 4 && Int(group).map((1900...2100).contains) == true }
        guard years < 2, !text.contains(where: { "()[]?!".contains($0) }) else { return false }
        if MonthName.day(in: text[...]) != nil { return true }
        return text.split { !$0.isLetter }.allSatisfy { besideTime.contains($0.uppercased()) }
    }

    private static func hasWholeYear(_ text: String) -> Bool {
        text.split { !$0.isASCII || !$0.isNumber }.contains { $0.count >= 4 }
    }

    /// What stands beside the numbers of a date and a time.
    private static let besideTime: Set = [
        "T", "Z", "AM", "PM", "A", "M", "P", "UTC", "GMT", "CET", "CEST", "EST", "EDT", "CST", "CDT", "MST", "MDT",
        "PST", "PDT",
        "年", "月", "日",
    ]

    private func read(
        _ text: String, _ candidate: PeopleFileError.Candidate, line: Int
    ) throws(PeopleFileError) -> Day? {
        // The lookup of a spreadsheet that found nothing does not say that there is no date.
        if !text.hasPrefix("#") {
            switch LeavingDate(text, today: today.number, from1904: from1904) {
            // `31.01.99` may be of another century, or mean never.
            case .never where !Self.hasWholeYear(text): throw .noDate(candidate, field, line: line, text: text)
            case .blank, .never: return nil
            case .past, .future, .eitherWay, .text: break
            }
        }
        guard Self.isOneDate(text), let date = WrittenDate(text, order: order, from1904: from1904) else {
            throw .noDate(candidate, field, line: line, text: text)
        }
        return Day(number: date.latest)
    }
}
