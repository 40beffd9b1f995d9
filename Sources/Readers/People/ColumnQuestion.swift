import Domain

/// What has to be decided about a column before its rows are read as meant.
struct ColumnQuestion {
    private let tally: ColumnTally
    private let values: [ColumnTally.Value]
    private let isDisable: Bool

    init(_ tally: ColumnTally, for purpose: Domain.Operation.Kind) {
        self.tally = tally
        values = tally.merged
        isDisable = purpose == .disable
    }

    private typealias Choice = ListError.Undecided.Choice

    /// How many values are spelled out in one option.
    private static let listed = 8

    /// nil where there is nothing to decide: everybody in the column is the same, or it says something else.
    func undecided(_ column: ListError.Candidate) -> ListError.Undecided? {
        switch tally.meaning {
        case .directory: return directory(column)
        case .kind: return accounts(column) ?? (isOfLeavers ? state(column) : nil)
        case .leaving: return leaving(column)
        case .perhapsLeaving: return tally.dates[.text] == nil ? leaving(column) : nil
        case .state: return tally.isOfDates(values) ? leaving(column) : state(column)
        }
    }

    private var differ: Bool { values.count > 1 || tally.others > 0 }

    /// The values of a kind, without those that a terminal shows otherwise: they cannot be pasted.
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

    // MARK: The kinds of columns

    private func state(_ column: ListError.Candidate) -> ListError.Undecided? {
        let isNegative = tally.header.isNegative
        // `Locked: yes` is turned round by its header, and `Locked: not locked` says by itself what it means.
        let isTurned = { (value: ColumnTally.Value) in isNegative && value.state.isAnswer }
        let isOut = { (value: ColumnTally.Value) in isTurned(value) ? value.state.mentionsIn : value.state.mentionsOut }
        let isIn = { (value: ColumnTally.Value) in isTurned(value) ? value.state.mentionsOut : value.state.mentionsIn }
        // One word for a state among others is enough: who else is meant is not told.
        let isForInvites = !isDisable && values.contains(where: isOut)
        let isForRemovals = isDisable && differ && values.contains { isIn($0) || isOut($0) }
        let kinds = Set(values.map(\.state.kind))
        let areStates = kinds.count > 1 && !kinds.contains(.unknown)
        let isUnclear =
            tally.header.isCertainState && differ && tally.others == 0 && values.count <= Self.mostUnclear
            && values.contains { !$0.state.isUnderstood }
        guard isForInvites || isForRemovals || areStates || isUnclear else { return nil }
        // Without a header, and all the same, `NO` may be Norway.
        if tally.header.isEmpty, !differ, values.allSatisfy(\.state.isAnswer) { return nil }
        let isMeant = { (value: ColumnTally.Value, kind: RowState.Kind) in
            value.state.kind == (isTurned(value) ? kind.turned : kind)
        }
        let wanted = texts { isMeant($0, isDisable ? .out : .in) }
        let unwanted = texts { isMeant($0, isDisable ? .in : .out) }
        // Which of two letters means in, only a header that asks for a yes or a no tells; what `true` means, some header.
        let isGuess = values.contains { value in
            value.state.kind != .unknown
                && (tally.isCode(value) ? !tally.header.isYesOrNo : tally.header.isEmpty && value.state.isAnswer)
        }
        if isGuess || wanted.isEmpty && unwanted.isEmpty { return found(column, .states, each) }
        if isDisable, wanted.isEmpty, values.contains(where: { $0.state.kind == .later }) {
            // Who is on leave has not left; removing them is for somebody to say.
            return found(column, .states, texts { !isMeant($0, .in) }.prefix(3).map { .only([$0]) })
        }
        return found(column, .states, [wanted.isEmpty ? .except(unwanted) : .only(wanted)])
    }

    /// More values than these, of which none is a word for a state, are texts.
    private static let mostUnclear = 12

    /// Whether a sort of account or person is one that has left: `Former employee`
    private var isOfLeavers: Bool { values.contains { $0.state.kind == .out && !$0.state.isAnswer } }

    /// No direction: an option for each value.
    private var each: [Choice] { values.prefix(3).map { .only([$0.text]) } }

    private func leaving(_ column: ListError.Candidate) -> ListError.Undecided? {
        let count = { (date: LeavingDate) in tally.dates[date] ?? 0 }
        let open = count(.blank) + count(.never)
        let isPartly = open > 0 && count(.past) + count(.future) + count(.eitherWay) + count(.text) > 0
        // Who is to be disabled has a date in any case; some that have left and some that have not are two readings.
        let isAsked = isPartly || count(.past) > 0 && (!isDisable || count(.future) > 0)
        guard isAsked else { return nil }
        let counts = LeavingDate.allCases.filter { count($0) > 0 }.map { date in
            ListError.Undecided.Count(text: date.rawValue, count: count(date))
        }
        let choices: [Choice] =
            if !isDisable {
                open > 0 ? [.only(openTexts)] : listed([.future])
            } else if count(.future) + count(.eitherWay) > 0 {
                listed([.past])
            } else {
                [.except(openTexts)]
            }
        var undecided = found(column, .leaving, choices, counts: counts)
        undecided.others = 0
        return undecided
    }

    /// The cells without a date as they were written, empty or a dash, and dates that never come.
    private var openTexts: [String] { texts { $0.date == .blank } + texts { $0.date == .never } }

    /// The values of a kind, if they are few and all values are known.
    private func listed(_ dates: Set<LeavingDate>) -> [Choice] {
        let texts = texts { $0.date.map(dates.contains) ?? false }
        return tally.others == 0 && (1...Self.listed).contains(texts.count) ? [.only(texts)] : []
    }

    private func directory(_ column: ListError.Candidate) -> ListError.Undecided? {
        let out = texts { $0.state.kind == .out }
        guard !out.isEmpty, differ || !isDisable else { return nil }
        let counts = values.map { value in
            let note = value.state.kind == .out ? ", disabled" : ""
            return ListError.Undecided.Count(text: value.text + note, count: value.count)
        }
        return found(column, .states, [isDisable ? .only(out) : .except(out)], counts: counts)
    }

    private func accounts(_ column: ListError.Candidate) -> ListError.Undecided? {
        let arePeople = values.contains { ListWords.meanings(in: $0.text) == ListWords.meanings(in: "user") }
        let nobodies = texts { tally.isNobody($0) || (arePeople && tally.isGroup($0)) }
        guard !nobodies.isEmpty, differ || !isDisable else { return nil }
        return found(column, .accounts, isDisable ? [.except(nobodies), .only(nobodies)] : [.except(nobodies)])
    }
}
