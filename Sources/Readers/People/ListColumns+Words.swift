import Domain

extension ListColumns {
    /// The column with the workspace of each row, for messages; nil if there is none.
    public var workspaceColumn: String? { place(.workspace).map(name) }

    func candidate(_ column: Int) -> ListError.Candidate {
        let header = headers.indices.contains(column) ? headers[column] : ""
        let isTwice = !header.isEmpty && headers.count { ListText.key($0) == ListText.key(header) } > 1
        let found = ListError.Candidate(
            number: column + 1, header: header, short: header.isEmpty ? "" : shortName(column),
            samples: sample.texts(column))
        return isTwice ? found.unnamed : found
    }

    private func name(_ column: Int) -> String {
        "column \(column + 1)" + (headers.isEmpty ? "" : " " + Self.quoted(headers[column]))
    }

    /// The mapping in words: `email address ← column 2 "Email", account type ← column 3 "Role"; ignored: "Team"`. Among
    /// the ignored columns, those with addresses and states come first.
    public var description: String {
        let mapped = PeopleField.allCases.compactMap { field in
            places[field].map { "\(field.label) ← \(name($0))" }
        }
        let used = Set(places.values).union(filters)
        let left = headers.indices.filter { !used.contains($0) && !headers[$0].isEmpty }
        let first = left.filter { sample.isOfAddresses($0) || words[$0].isAnyAddress || states.contains($0) }
        let ignored = (first + left.filter { !first.contains($0) }).map { headers[$0] }
        let place =
            headerLine.map { titles > 0 ? "; the header is on line \($0), and the rows above it are ignored" : "" }
            ?? " (no header)"
        let chosen = filters.isEmpty ? "" : "; rows selected by " + filters.map(name).joined(separator: ", ")
        return mapped.joined(separator: ", ") + place + chosen
            + (ignored.isEmpty ? "" : "; ignored: " + Self.list(ignored))
    }

    static func quoted(_ header: String) -> String { "\"\(Terminal.plain(header, limit: 40))\"" }

    /// The first dozen headers; users do not read more.
    static func list(_ headers: [String]) -> String {
        let shown = headers.prefix(12).map(quoted).joined(separator: ", ")
        return headers.count > 12 ? shown + " and \(headers.count - 12) more" : shown
    }

    /// The unused columns of account types, in words; nil if there are none.
    public var unusedTypes: String? {
        unused.isEmpty ? nil : unused.map { "\(name($0)) (\(Self.list(sample.values($0))))" }.joined(separator: ", ")
    }
}

extension ListError.Candidate {
    /// The same column without its header, because another column has the same header.
    var unnamed: Self { Self(number: number, header: "", short: "", samples: samples) }
}
