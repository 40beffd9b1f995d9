import Domain

/// The parts of a list that are separated by titles or headers between its rows: `Current team`, `Alumni`.
///
/// A row with text in only one cell may be a title or a person without an address. If there are people below it, the
/// user has to choose the part.
struct ListSections {
    typealias Section = ListError.Section

    private let columns: ListColumns
    private let options: ListOptions
    private let own: [String]
    private let email: Int?
    private let uid: Int?
    private var closed: [Section] = []
    private var current: Section
    /// The line after the previous row.
    private var next = 0
    private var isAfterTitle = false

    init(_ columns: ListColumns, _ options: ListOptions) {
        (self.columns, self.options) = (columns, options)
        (email, uid) = (columns.place(.email), columns.place(.uid))
        own = columns.headers.map(ListText.key)
        current = Section(title: columns.titleAbove, line: columns.headerLine ?? 1)
        current.isChosen = isChosen(current)
    }

    /// Processes a row.
    ///
    /// - Returns: why it is excluded; nil if its section is to be used.
    mutating func take(_ row: ListRow) throws(ListError) -> RowExclusion? {
        defer { next = row.line + row.lineCount }
        if isPerson(row) {
            isAfterTitle = false
            current.people += 1
            current.last = row.line
        } else if isSameHeader(row) {
            isAfterTitle = false
            return RowExclusion(.repeatedHeader, "the header is repeated")
        } else if isOtherHeader(row) {
            if !isAfterTitle { begin(nil, at: row.line) }
            current.otherHeader = row.line
            isAfterTitle = false
            if current.isChosen, options.sections != nil {
                throw .secondHeader(line: row.line, first: columns.headerLine ?? 1)
            }
        } else if let title = title(of: row) {
            begin(title, at: row.line)
            isAfterTitle = true
            if case .named = options.sections { return RowExclusion(.otherSection, "it is the title of a section") }
        }
        guard !current.isChosen else { return nil }
        let name = current.title.map(ListColumns.quoted) ?? "from line \(current.line)"
        return RowExclusion(.otherSection, "it is in the section \(name) (--section)")
    }

    /// Processes the end of the list.
    ///
    /// - Throws: ``ListError`` if there are several sections with people, or none with the given name.
    func finish() throws(ListError) {
        let all = (closed + [current]).filter { $0.people > 0 }
        if case .named(let names) = options.sections {
            for name in names where !all.contains(where: { Self.isMeant($0, name) }) {
                throw .noSuchSection(name: name, all)
            }
        } else if options.sections == nil {
            if all.count > 1 { throw .sections(all) }
            if let title = all.first?.title, RowState.contradicts(title, options.purpose) {
                throw .titleOfOthers(title: title, option: "--section")
            }
        }
    }

    private func isChosen(_ section: Section) -> Bool {
        guard case .named(let names) = options.sections else { return true }
        return names.contains { Self.isMeant(section, $0) }
    }

    private static func isMeant(_ section: Section, _ name: String) -> Bool {
        section.title.map(ListText.key) == ListText.key(name) || Int(name) == section.line
    }

    private mutating func begin(_ title: String?, at line: Int) {
        closed.append(current)
        current = Section(title: title, line: line)
        current.isChosen = isChosen(current)
    }

    // MARK: What a row is

    private func isPerson(_ row: ListRow) -> Bool {
        // Its columns are not those of the list.
        if current.otherHeader != nil { return row.hasAtSign }
        if let email, row.hasAtSign(at: email) { return true }
        guard let uid, !row.isEmpty(at: uid), !isSameHeader(row) else { return false }
        return title(of: row) == nil
    }

    /// Whether it repeats the header, as in concatenated pages or lists.
    private func isSameHeader(_ row: ListRow) -> Bool {
        guard columns.headerLine != nil, let place = email ?? uid, !row.isEmpty(at: place),
            email != nil || row.count > 1
        else { return false }
        return PeopleField.allCases.allSatisfy { field in
            columns.place(field).map { ListText.key(row[$0]) == own[$0] } ?? true
        }
    }

    /// Whether it is a header with other columns.
    private func isOtherHeader(_ row: ListRow) -> Bool {
        guard columns.headerLine != nil, !row.hasAtSign, HeaderSearch.isHeader(row, options) else { return false }
        return (0..<row.count).contains { !row.isEmpty(at: $0) && own.contains(ListText.key(row[$0])) }
    }

    /// The text of a row that may be a title: one cell with words, in a column where no person's row has this text.
    private func title(of row: ListRow) -> String? {
        var place: Int?
        for column in 0..<row.count where !row.isEmpty(at: column) && !ListText.plain(row[column]).isEmpty {
            if place != nil { return nil }
            place = column
        }
        guard let place, !row.hasAtSign(at: place), place != columns.place(.accountType),
            place != columns.place(.workspace)
        else { return nil }
        let text = ListText.plain(row[place])
        guard text.contains(where: \.isLetter), !text.hasPrefix("#"), !columns.sample.isOfSomebody(text, in: place)
        else {
            return nil
        }
        // In a list of two columns, or one of uids, a person without an address may also have only one cell.
        if columns.width < 3 || place == uid {
            let isKnown = ListWords.meanings(in: text).allSatisfy { !$0.isEmpty }
            guard isKnown || (columns.width == 2 && place != uid && row.line > next && next > 0) else { return nil }
        }
        return text
    }
}

/// The sections of a list to use.
public enum SectionChoice: Hashable, Sendable {
    /// Sections with these titles, or beginning on these lines.
    case named([String])
    /// All of them.
    case all
}
