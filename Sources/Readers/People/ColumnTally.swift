/// What a column says about who is meant.
enum ColumnMeaning: Hashable, Sendable {
    /// Whether somebody is in or out: `Status`, `Suspended`
    case state
    /// When somebody leaves, or that somebody has left: `Termination date`
    case leaving
    /// Perhaps when somebody leaves, if all that the column holds are dates: `Actual termination date`
    case perhapsLeaving
    /// Why somebody leaves, or is away
    case reason
    /// A directory's own field.
    case directory(DirectoryField)
    /// What sort of account it is: `RecipientTypeDetails`
    case kind

    /// nil for a column that says nothing about it.
    ///
    /// - Parameter sample: what the beginning of the list shows of the column, where the header is not enough.
    init?(_ words: HeaderWords, header: String, sample: ListSample, column: Int) {
        if let field = DirectoryField(header: header) {
            self = .directory(field)
        } else if words.isState {
            self = .state
        } else if words.isLeaving {
            self = .leaving
        } else if words.mayBeLeaving {
            self = .perhapsLeaving
        } else if words.isReason {
            self = .reason
        } else if words.isKind || words.isNobody || sample.holdsRobots(column) {
            self = .kind
        } else if words.isEmpty, sample.isOfDates(column) {
            self = .perhapsLeaving
        } else if words.isOpen, sample.isOfStates(column, allowsAnswers: words.isEmpty) {
            self = .state
        } else {
            return nil
        }
    }
}

/// The values of such a column in the rows that are not left out already.
struct ColumnTally {
    /// Counted from 0.
    let column: Int
    let meaning: ColumnMeaning
    let header: HeaderWords
    private var values: [String: Value] = [:]
    /// Rows with values beyond those that are kept.
    private(set) var others = 0
    /// How many rows have each kind of date; only for a column that may hold the dates of who has left.
    private(set) var dates: [LeavingDate: Int] = [:]
    /// Whether any of the values that are kept says something about who is meant.
    private var isTelling = false
    private let today: Int
    /// Whether a value of the column of account types has a meaning already.
    private let isType: (String) -> Bool

    struct Value {
        /// As it was first written.
        var text: String
        var count: Int
        var state: RowState
        /// nil where the column holds no dates.
        var date: LeavingDate?
        /// Whether its words say that an account is no person's.
        var namesNobody: Bool
        var order: Int
    }

    /// More different values than these are no states, whatever the words are.
    private static let most = 40

    init(_ column: Int, _ meaning: ColumnMeaning, _ header: HeaderWords, _ options: ListOptions) {
        (self.column, self.meaning, self.header) = (column, meaning, header)
        (today, isType) = (options.today, options.isType)
    }

    /// Whether the header allows that its column holds the dates of who has left.
    private var mayBeDates: Bool {
        meaning == .leaving || meaning == .perhapsLeaving || (meaning == .state && header.isLeaving)
    }

    /// Counts a value; false if the column is one of texts, and says nothing about who is meant.
    mutating func note(_ text: String) -> Bool {
        if var value = values[text] {
            value.count += 1
            values[text] = value
            if let date = value.date { dates[date, default: 0] += 1 }
            return true
        }
        let state = RowState(text)
        let date = mayBeDates ? LeavingDate(text, today: today) : nil
        if let date { dates[date, default: 0] += 1 }
        if values.count < Self.most {
            let value = Value(
                text: text, count: 1, state: state, date: date, namesNobody: namesNobody(text), order: values.count)
            values[text] = value
            isTelling = isTelling || state.mentionsOut || state.mentionsIn || isNobody(value)
            return true
        }
        others += 1
        if meaning == .perhapsLeaving { return dates[.text] == nil }
        return mayBeDates || isTelling
    }

    /// Whether a value says that an account is no person's.
    func isNobody(_ value: Value) -> Bool {
        value.namesNobody
            || (meaning == .kind && !header.isKind && header.isNobody && value.state.kind == .in && !isType(value.text))
    }

    private func namesNobody(_ text: String) -> Bool {
        if meaning != .kind || isType(text) { return false }
        if ListWords.namesRobot(text) { return true }
        guard header.isKind else { return false }
        let words = ListWords.meanings(in: Self.withoutCode(text))
        return words.contains { $0.contains(.nobody) }
            && words.allSatisfy { !$0.isDisjoint(with: [.nobody, .neutral, .filler, .address, .login]) }
    }

    /// Whether a value says that an account stands for several people.
    func isGroup(_ value: Value) -> Bool {
        header.isKind && ListWords.meanings(in: value.text).contains { $0.contains(.group) }
    }

    /// `B System` without its code.
    private static func withoutCode(_ text: String) -> String {
        text.wholeMatch(of: #/\w[\s\-–:.]+(\w.+)/#).map { String($0.output.1) } ?? text
    }

    /// The values in the order in which they were met; `Active` and `active` are one. What single letters say is known
    /// from all of them.
    var merged: [Value] {
        var merged: [String: Value] = [:]
        for value in values.values.sorted(by: { $0.order < $1.order }) {
            let key = ListText.key(value.text)
            if merged[key] == nil { merged[key] = value } else { merged[key]?.count += value.count }
        }
        let codes = Set(merged.keys.filter(TruthCodes.isCode))
        let kinds = TruthCodes.kinds(of: codes, isYesOrNo: header.isYesOrNo || meaning == .kind)
        for key in codes { merged[key]?.state = RowState(kinds[key] ?? .unknown) }
        if case .directory(let field) = meaning {
            for (key, value) in merged { merged[key]?.state = RowState(field.kind(of: value.text, today: today)) }
        }
        return merged.values.sorted { $0.order < $1.order }
    }

    /// Whether a value is a letter or a digit.
    func isCode(_ value: Value) -> Bool { TruthCodes.isCode(ListText.key(value.text)) }

    /// Whether every filled cell is a date, or some text that is no state, so that what is filled says who has left.
    func isOfDates(_ values: [Value]) -> Bool {
        mayBeDates
            && (meaning == .leaving
                || values.allSatisfy { $0.state.kind == .blank || $0.state.kind == .unknown }
                || values.contains { $0.date != .blank && $0.date != .text })
            && !values.contains { isCode($0) && $0.date == .text }
    }
}
