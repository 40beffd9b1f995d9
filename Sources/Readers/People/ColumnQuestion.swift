import Domain

/// What the user has to decide about a column before its rows can be interpreted.
///
/// A proposed option must not affect the wrong person: it names only values whose meaning is certain. If there are
/// none, the values are shown and no option is proposed.
struct ColumnQuestion {
    private let tally: ColumnTally
    private let values: [ColumnTally.Value]
    private let isDisable: Bool
    /// Whether an option has already selected rows by another column. Then only contradictions are reported.
    private let isDecided: Bool

    init(_ tally: ColumnTally, for purpose: WorkspaceChange.Kind, isDecided: Bool) {
        self.tally = tally
        values = tally.merged
        isDisable = purpose.isForLeavers
        self.isDecided = isDecided
    }

    private typealias Choice = ListError.Undecided.Choice

    /// The maximum number of values in one option.
    private static let listed = 8

    /// nil if there is nothing to decide: all rows are selected, or the column is about something else.
    func undecided(_ column: ListError.Candidate) -> ListError.Undecided? {
        switch tally.meaning {
        case .directory: return directory(column)
        case .kind: return accounts(column) ?? (isOfLeavers ? state(column) : nil)
        case .reason: return reason(column)
        case .leaving: return leaving(column)
        case .perhapsLeaving: return tally.dates[.text] == nil ? leaving(column) : nil
        case .state: return tally.isOfDates(values) ? leaving(column) : state(column)
        }
    }

    private var differ: Bool { values.count > 1 || tally.others > 0 }

    /// The values of a kind, without those that a terminal shows differently, because these cannot be pasted.
    private func texts(_ isOne: (ColumnTally.Value) -> Bool) -> [String] {
        values.filter(isOne).map(\.text).filter { Terminal.plain($0, limit: 100) == $0 }
    }

    private func found(
        _ column: ListError.Candidate, _ subject: ListError.Undecided.Subject, _ choices: [Choice],
        counts: [ListError.Undecided.Count]? = nil
    ) -> ListError.Undecided {
        let counts = counts ?? values.map { .init(text: $0.text, count: $0.count) }
        return .init(column: column, subject: subject, counts: counts, others: tally.others, choices: choices)
    }

    // MARK: States

    private func state(_ column: ListError.Candidate) -> ListError.Undecided? {
        if isDisable, tally.header.isInvitation { return nil }
        guard isDecided ? contradicts : isAsked else { return nil }
        return found(column, .states, isGuess ? [] : isDisable ? removals : invites)
    }

    /// Whether the header inverts the value, as in `Locked: yes`; `Locked: not locked` has its own meaning.
    private func isTurned(_ value: ColumnTally.Value) -> Bool { tally.header.isNegative && value.state.isAnswer }
    private func mentionsOut(_ value: ColumnTally.Value) -> Bool {
        isTurned(value) ? value.state.mentionsIn : value.state.mentionsOut
    }
    private func mentionsIn(_ value: ColumnTally.Value) -> Bool {
        isTurned(value) ? value.state.mentionsOut : value.state.mentionsIn
    }
    private func kind(of value: ColumnTally.Value) -> RowState.Kind {
        isTurned(value) ? value.state.kind.turned : value.state.kind
    }

    private var isAsked: Bool {
        // Without a header, `NO` in every row may be Norway.
        if tally.header.isEmpty, !differ, values.allSatisfy(\.state.isAnswer) { return false }
        // One state among other values is enough to ask: the list does not say who else is meant.
        if !isDisable && values.contains(where: mentionsOut) { return true }
        let isEverybodyOut = tally.others == 0 && values.allSatisfy { kind(of: $0) == .out }
        if isEverybodyOut { return false }
        if isDisable && values.contains(where: { mentionsIn($0) || mentionsOut($0) }) { return true }
        let kinds = Set(values.map(\.state.kind))
        if kinds.count > 1 && !kinds.contains(.unknown) { return true }
        return tally.header.isCertainState && differ && tally.others == 0 && values.count <= Self.mostUnclear
            && values.contains { !$0.state.isUnderstood }
    }

    /// Whether a row that another column selected says the opposite here, or this column distinguishes more of the
    /// rows: `Leaver` and `Garden leave`.
    private var contradicts: Bool {
        guard isDisable else { return values.contains { mentionsOut($0) && kind(of: $0) != .later } }
        // `Blocked: no` is not a contradiction; `Status: active` is.
        if values.contains(where: { kind(of: $0) == .in && !isTurned($0) }) { return true }
        return differ && values.contains { $0.state.kind == .out && !$0.state.isAnswer }
            && values.contains { kind(of: $0) != .out && $0.state.kind != .blank }
    }

    /// A column with more different values, none of which is a state, contains other text.
    private static let mostUnclear = 12

    /// Whether the meaning of a value would be a guess: single letters need a header for yes or no, and `true` needs a
    /// header.
    private var isGuess: Bool {
        values.contains { value in
            value.state.kind != .unknown
                && (tally.isCode(value) ? !tally.header.isYesOrNo : tally.header.isEmpty && value.state.isAnswer)
        }
    }

    /// The values of people who have certainly left. People on leave, invited or suspended have not; unknown values may
    /// mean anything.
    private var removals: [Choice] {
        let out = texts { kind(of: $0) == .out }
        return out.isEmpty ? [] : [.only(out)]
    }

    /// The values of people who are certainly active; or all except those who have certainly left, if every other value
    /// is understood.
    private var invites: [Choice] {
        let wanted = texts { kind(of: $0) == .in }
        let unwanted = texts { kind(of: $0) == .out }
        let areUnderstood =
            tally.others == 0
            && values.allSatisfy { kind(of: $0) != .later && ($0.state.isUnderstood || $0.state.kind == .blank) }
        // An empty cell in the column `Blocked` means not blocked.
        let isBlankIn = tally.header.isNegative && values.contains { $0.state.kind == .blank }
        if !wanted.isEmpty, !isBlankIn { return [.only(wanted)] }
        return areUnderstood && !unwanted.isEmpty && unwanted.count < values.count
            ? [.except(unwanted)] : wanted.isEmpty ? [] : [.only(wanted)]
    }

    /// Whether one kind of account or person is one that has left: `Former employee`
    private var isOfLeavers: Bool {
        values.contains { value in
            value.state.kind == .out
                && ListWords.meanings(in: value.text).contains { $0.isSuperset(of: [.other, .out]) }
        }
    }

    /// People who are temporarily away have not left; people with a reason for leaving have.
    private func reason(_ column: ListError.Candidate) -> ListError.Undecided? {
        let isAsked = values.contains {
            isDisable ? $0.state.kind == .later : $0.state.kind == .out && !$0.state.isAnswer
        }
        return isAsked && !isDecided ? found(column, .states, []) : nil
    }

    // MARK: Dates

    private func leaving(_ column: ListError.Candidate) -> ListError.Undecided? {
        let count = { (date: LeavingDate) in tally.dates[date] ?? 0 }
        let open = count(.blank) + count(.never)
        // A person with the state terminated may still have a few days to go.
        if isDisable, isDecided { return nil }
        let isContradiction =
            isDisable ? count(.future) + count(.eitherWay) > 0 : count(.past) + count(.eitherWay) > 0
        // Some rows have no date, others have a date or a mark.
        let isPartly = open > 0 && (isDisable ? count(.past) : 0) + count(.text) > 0
        // A column of leaving dates without any date means that nobody has left.
        let isEmpty = isDisable && tally.meaning == .leaving && open > 0
        guard isContradiction || ((isPartly || isEmpty) && !isDecided) else { return nil }
        let counts = LeavingDate.allCases.filter { count($0) > 0 }.map { date in
            ListError.Undecided.Count(text: date == .text ? marks : date.rawValue, count: count(date))
        }
        var undecided = found(column, .leaving, isDisable ? dueRemovals : dueInvites, counts: counts)
        undecided.others = 0
        return undecided
    }

    /// `other text, such as "left"`
    private var marks: String {
        let text = values.first { $0.date == .text }.map { "such as \"\(Terminal.plain($0.text, limit: 24))\"" }
        return [LeavingDate.text.rawValue, text].compactMap(\.self).joined(separator: ", ")
    }

    /// The values of rows with a past date, or with a word or an `x` as a mark.
    private var dueRemovals: [Choice] {
        if tally.header.isProvisional { return [] }
        let marked = texts { value in
            value.date == .text && (value.state.isAnswer ? value.state.kind == .in : value.state.kind == .out)
        }
        let due = marked + ((tally.dates[.past] ?? 0) > 0 ? [RowFilter.past] : [])
        return due.isEmpty || due.count > Self.listed ? [] : [.only(due)]
    }

    /// The values of rows with no date or a future date.
    private var dueInvites: [Choice] {
        let blanks = texts { $0.date == .blank }
        // `none` stands for all the different ways of writing no date.
        let isSpelled = blanks.count == 1 && blanks[0].allSatisfy { !$0.isWhitespace }
        let open = blanks.isEmpty ? [] : isSpelled ? blanks : [RowFilter.none]
        let isLater = (tally.dates[.future] ?? 0) + (tally.dates[.never] ?? 0) > 0
        let staying = open + (isLater ? [RowFilter.future] : [])
        return staying.isEmpty || staying.count > Self.listed ? [] : [.only(staying)]
    }

    // MARK: Accounts

    private func directory(_ column: ListError.Candidate) -> ListError.Undecided? {
        let out = texts { $0.state.kind == .out }
        let isAsked = isDisable ? values.contains(where: { $0.state.kind == .in }) : !out.isEmpty
        guard isAsked else { return nil }
        let counts = values.map { value in
            let note = value.state.kind == .out ? ", disabled" : ""
            return ListError.Undecided.Count(text: value.text + note, count: value.count)
        }
        let choices: [Choice] = out.isEmpty ? [] : [isDisable ? .only(out) : .except(out)]
        return found(column, .states, choices, counts: counts)
    }

    private func accounts(_ column: ListError.Candidate) -> ListError.Undecided? {
        let arePeople = values.contains { ListWords.meanings(in: $0.text) == ListWords.meanings(in: "user") }
        let nobodies = texts { tally.isNobody($0) || (arePeople && tally.isGroup($0)) }
        guard !nobodies.isEmpty, differ || !isDisable else { return nil }
        return found(column, .accounts, [.except(nobodies)])
    }
}
