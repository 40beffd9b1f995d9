import Domain

extension ListError {
    /// A column that may exclude some of the rows.
    public struct Undecided: Equatable, Sendable {
        /// What the column says about the rows.
        enum Subject: Sendable {
            /// The states of people.
            case states
            /// Leaving dates.
            case leaving
            /// Which accounts do not belong to people.
            case accounts
        }

        /// The number of rows with a value.
        struct Count: Equatable, Sendable {
            var text: String
            var count: Int
        }

        /// An option that selects rows.
        enum Choice: Equatable, Sendable {
            case only([String])
            case except([String])
        }

        var column: Candidate
        var subject: Subject
        var counts: [Count]
        /// The number of rows with other values.
        var others: Int
        /// Options that do not affect the wrong person; empty if there are none.
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
                + "; the program cannot tell which rows to use. Select values with --only "
                + "\(ListError.word(name + "=…")), separated by commas, or use all rows with --all-rows"
        }
        return counted + "; specify the rows to use: " + choices.map(option).joined(separator: ", or ")
            + " (all rows: --all-rows)"
    }

    private var what: String {
        switch subject {
        case .states where counts.count == 1 && others == 0: "has the same state for everyone in"
        case .states: "has people in different states in"
        case .leaving: "has leaving dates in"
        case .accounts: "has accounts that may not belong to people in"
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

    /// The name of the column in options.
    private var name: String {
        column.short.isEmpty || column.short.contains("=") ? "\(column.number)" : column.short
    }
}
