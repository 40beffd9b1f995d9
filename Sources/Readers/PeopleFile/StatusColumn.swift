import Domain
import People

/// The column of statuses, and what its values mean.
struct StatusColumn {
    private var meanings: [String: Person.Status?] = [:]
    /// The key of a text; most lists have few texts.
    private var keys: [String: String] = [:]

    /// - Throws: ``PeopleFileError`` with all values whose meaning is not known.
    init(
        _ columns: PeopleFileColumns, _ rows: [PeopleFileRow], _ options: PeopleFileOptions
    ) throws(PeopleFileError) {
        guard let column = columns.place(.status) else { return }
        let slot = columns.slot(.status)
        var values: [(key: String, text: String)] = []
        var seen: Set<String> = []
        for row in rows where keys[row[slot]] == nil {
            let (text, key) = (row[slot], ListText.key(row[slot]))
            keys[text] = key
            if text.contains("@") {
                throw .malformed(
                    line: row.line, column: column + 1,
                    message:
                        "the status is an address, so a delimiter in a field without quotes may have moved the cells")
            }
            if seen.insert(key).inserted { values.append((key, text)) }
        }
        let words = columns.words(column)
        let directory = DirectoryField(header: columns.header(column))
        let filled = Set(values.map(\.key).filter { !$0.isEmpty })
        let codes =
            filled.allSatisfy(TruthCodes.isCode) ? TruthCodes.kinds(of: filled, isYesOrNo: words.isYesOrNo) : [:]
        let namesLeavers = PeopleFileWords.contains(.left, in: columns.header(column))
        var unclear: [String] = []
        for (key, text) in values {
            if let mapped = options.statuses[key] {
                meanings[key] = mapped
            } else if text.isEmpty {
                meanings[key] = .some(nil)
            } else if directory == nil, TruthCodes.isCode(key), codes[key] == nil {
                // `A` may be active, absent or abroad.
                unclear.append(text)
            } else if let directory {
                switch directory.kind(of: text, today: options.today.number) {
                case .in: meanings[key] = .active
                case .out: meanings[key] = .suspended
                case .blank: meanings[key] = .some(nil)
                case .later, .unknown: unclear.append(text)
                }
            } else {
                switch Self.meaning(text, codes[key], words, namesLeavers: namesLeavers) {
                case .known(let status): meanings[key] = .some(status)
                case .unclear: unclear.append(text)
                }
            }
        }
        if !unclear.isEmpty { throw .unclearStatus(columns.candidate(column), values: unclear) }
    }

    /// What a status means; nil for an empty cell.
    func meaning(of text: String) -> Person.Status? { keys[text].flatMap { meanings[$0] } ?? nil }

    private enum Meaning {
        /// nil for an empty cell.
        case known(Person.Status?)
        case unclear
    }

    private static func meaning(
        _ text: String, _ code: RowState.Kind?, _ words: HeaderWords, namesLeavers: Bool
    ) -> Meaning {
        let state = code.map { RowState($0) } ?? RowState(text)
        let kind = words.isNegative && state.isAnswer ? state.kind.turned : state.kind
        switch kind {
        case .blank: return .known(nil)
        case .in: return .known(.active)
        case .out where state.isAnswer: return .known(namesLeavers && words.isNegative ? .left : .suspended)
        case .out: return .known(PeopleFileWords.contains(.left, in: text) ? .left : .suspended)
        case .later: return .known(PeopleFileWords.contains(.away, in: text) ? .active : .suspended)
        // `Full-time` says that somebody is employed.
        case .unknown: return state.isUnderstood && !state.mentionsOut ? .known(.active) : .unclear
        }
    }
}
