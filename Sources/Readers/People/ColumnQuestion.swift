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
        case .kind: return accounts(column)
        case .leaving: return leaving(column)
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
        let isOut = { (value: ColumnTally.Value) in isNegative ? value.state.mentionsIn : value.state.mentionsOut }
        let isIn = { (value: ColumnTally.Value) in isNegative ? value.state.mentionsOut : value.state.mentionsIn }
        // One word for a state among others is enough: who else is meant is not told.
        let isForInvites = !isDisable && values.contains(where: isOut)
        let isForRemovals = isDisable && differ && values.contains { isIn($0) || isOut($0) }
        let kinds = Set(values.map(\.state.kind))
        let areStates = kinds.count > 1 && !kinds.contains(.unknown)
        let isUnclear =
            tally.header.isCertainState && differ && tally.others == 0 && values.count <= Self.mostUnclear
            && values.contains { !$0.state.isUnderstood }
        guard isForInvites || isForRemovals || areStates || isUnclear else { return nil }
        let meant: RowState.Kind = isDisable != isNegative ? .out : .in
        let wanted = texts { $0.state.kind == meant }
        let unwanted = texts { $0.state.kind == (meant == .in ? .out : .in) }
        // Which of two letters means in, only a header that asks for a yes or a no tells.
        let isGuess = !tally.header.isYesOrNo && values.contains { tally.isCode($0) && $0.state.kind != .unknown }
        if isGuess || wanted.isEmpty && unwanted.isEmpty { return found(column, .states, each) }
        return found(column, .states, [wanted.isEmpty ? .except(unwanted) : .only(wanted)])
    }

    /// More values than these, of which none is a word for a state, are texts.
    private static let mostUnclear = 12

    /// No direction: an option for each value.
    private var each: [Choice] { values.prefix(3).map { .only([$0.text]) } }

    private func leaving(_ column: ListError.Candidate) -> ListError.Undecided? {
        let filled = tally.past + tally.future + tally.eitherWay + tally.undated
        let isPartly = tally.blank > 0 && filled > 0
        // Who is to be disabled has a date in any case; some that have left and some that have not are two readings.
        let isAsked = isPartly || tally.past > 0 && (!isDisable || tally.future > 0)
        guard isAsked else { return nil }
        let counts: [ListError.Undecided.Count] = [
            .init(text: "", count: tally.blank), .init(text: "a date in the past", count: tally.past),
            .init(text: "today or later", count: tally.future),
            .init(text: "a date that may be either", count: tally.eitherWay),
            .init(text: "other text", count: tally.undated),
        ].filter { $0.count > 0 }
        let choices: [Choice] =
            if !isDisable {
                tally.blank > 0 ? [.only([blankText])] : listed(tally.isFuture)
            } else if tally.future > 0 || tally.eitherWay > 0 {
                listed(tally.isPast)
            } else {
                [.except([blankText])]
            }
        var undecided = found(column, .leaving, choices, counts: counts)
        undecided.others = 0
        return undecided
    }

    /// The blank cell as it was written: empty, or a dash.
    private var blankText: String { values.first { $0.state.kind == .blank }?.text ?? "" }

    /// The values of a kind, if they are few and all values are known.
    private func listed(_ isOne: (ColumnTally.Value) -> Bool) -> [Choice] {
        let texts = texts(isOne)
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
        let nobodies = texts(tally.isNobody)
        guard !nobodies.isEmpty, differ || !isDisable else { return nil }
        return found(column, .accounts, isDisable ? [.except(nobodies), .only(nobodies)] : [.except(nobodies)])
    }
}
