/// What a column says about the selection of rows.
enum ColumnMeaning: Hashable, Sendable {
    /// Whether a person is active or has left: `Status`, `Suspended`
    case state
    /// When a person leaves, or that a person has left: `Termination date`
    case leaving
    /// Possibly when a person leaves, if the column contains only dates: `Actual termination date`
    case perhapsLeaving
    /// Why a person leaves, or is away
    case reason
    /// A field of a directory service.
    case directory(DirectoryField)
    /// The kind of account: `RecipientTypeDetails`
    case kind

    /// nil for a column that does not affect the selection.
    ///
    /// - Parameter sample: the first rows, used if the header is not enough.
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

/// The values of such a column in the rows that are not excluded yet.
struct ColumnTally {
    /// Counted from 0.
    let column: Int
    let meaning: ColumnMeaning
    let header: HeaderWords
    private var values: [String: Value] = [:]
    /// The number of rows with values that are not kept.
    private(set) var others = 0
    /// The number of rows with each kind of date; only for a column that may contain leaving dates.
    private(set) var dates: [LeavingDate: Int] = [:]
    /// Whether any of the kept values affects the selection.
    private var isTelling = false
    private let today: Int
    private let from1904: Bool
    /// Whether a value is a known account type.
    private let isType: (String) -> Bool

    struct Value {
        /// The first spelling in the list.
        var text: String
        var count: Int
        var state: RowState
        /// nil if the column does not contain dates.
        var date: LeavingDate?
        /// Whether its words mean an account that does not belong to a person.
        var namesNobody: Bool
        var order: Int
    }

    /// A column with more different values does not contain states.
    private static let most = 40

    init(_ column: Int, _ meaning: ColumnMeaning, _ header: HeaderWords, _ options: ListOptions) {
        (self.column, self.meaning, self.header) = (column, meaning, header)
        (today, from1904, isType) = (options.today, options.countsFrom1904, options.isType)
    }

    /// Whether the column may contain leaving dates, by its header.
    private var mayBeDates: Bool {
        meaning == .leaving || meaning == .perhapsLeaving || (meaning == .state && header.isLeaving)
    }

    /// Counts a value; false if the column contains other text and does not affect the selection.
    mutating func note(_ text: String) -> Bool {
        if var value = values[text] {
            value.count += 1
            values[text] = value
            if let date = value.date { dates[date, default: 0] += 1 }
            return true
        }
        let state = RowState(text)
        let date = mayBeDates ? LeavingDate(text, today: today, from1904: from1904) : nil
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

    /// Whether a value means an account that does not belong to a person.
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

    /// Whether a value means an account that several people share.
    func isGroup(_ value: Value) -> Bool {
        header.isKind && ListWords.meanings(in: value.text).contains { $0.contains(.group) }
    }

    /// `B System` without its code.
    private static func withoutCode(_ text: String) -> String {
        text.wholeMatch(of: #/\w[\s\-–:.]+(\w.+)/#).map { String($0.output.1) } ?? text
    }

    /// The values in the order of the list; `Active` and `active` are one. The meaning of single letters depends on all
    /// of them.
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

    /// Whether every non-empty cell is a date, or text that is not a state, so that non-empty cells mean people who
    /// have left.
    func isOfDates(_ values: [Value]) -> Bool {
        mayBeDates
            && (meaning == .leaving
                || values.allSatisfy { $0.state.kind == .blank || $0.state.kind == .unknown }
                || values.contains { $0.date != .blank && $0.date != .text })
            && !values.contains { isCode($0) && $0.date == .text }
    }
}
