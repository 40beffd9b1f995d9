import Domain

extension ListError {
    /// A column that may say that some of the rows are not meant.
    public struct Undecided: Equatable, Sendable {
        /// What the column tells about the rows.
        enum Subject: Sendable {
            /// Whether people are in or out.
            case states
            /// Who leaves.
            case leaving
            /// Which accounts are no people's.
            case accounts
        }

        /// How many rows have a value.
        struct Count: Equatable, Sendable {
            var text: String
            var count: Int
        }

        /// An option that decides.
        enum Choice: Equatable, Sendable {
            case only([String])
            case except([String])
        }

        var column: Candidate
        var subject: Subject
        var counts: [Count]
        /// Rows with values beyond these.
        var others: Int
        /// Each reaches nobody wrong; none where that cannot be told.
        var choices: [Choice]
    }
}

extension ListError.Undecided {
    var sentence: String {
        var texts = counts.prefix(8).map { value in
            "\(value.text.isEmpty ? "empty" : Terminal.plain(value.text, limit: 40)) (\(value.count))"
        }
        let rest = others + counts.dropFirst(8).reduce(0) { $0 + $1.count }
        if rest > 0 { texts.append("others (\(rest))") }
        let counted = "\(what) \(column.name): \(texts.joined(separator: ", "))"
        guard !choices.isEmpty else {
            return counted
                + "; which rows are meant cannot be told. --only \(ListError.word(name + "=…")) takes their values, "
                + "with commas between them; --all-rows takes every row"
        }
        return counted + "; say which rows are meant: " + choices.map(option).joined(separator: ", or ")
            + " (every row: --all-rows)"
    }

    private var what: String {
        switch subject {
        case .states where counts.count == 1 && others == 0: "has one state for everybody in"
        case .states: "has people in different states in"
        case .leaving: "has leaving dates in"
        case .accounts: "has accounts that may not be people in"
        }
    }

    /// `--only Status=Active`; `--only 'End date='` for the rows with an empty cell.
    private func option(_ choice: Choice) -> String {
        let (option, values) =
            switch choice {
            case .only(let values): ("--only", values)
            case .except(let values): ("--except", values)
            }
        return option + " " + ListError.word(name + "=" + values.map(RowFilter.spelled).joined(separator: ","))
    }

    /// By which an option names the column.
    private var name: String {
        column.short.isEmpty || column.short.contains("=") ? "\(column.number)" : column.short
    }
}
