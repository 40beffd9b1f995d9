import Foundation
import WordTable

/// Reads headers and statuses of a company's own list of people by its own table of words.
enum PeopleFileWords {
    /// What a phrase is about.
    enum Role: String, CaseIterable {
        case manager, department, name, first, last, start, end, employment, id, status, former
        /// In a cell: the employment has ended.
        case left
        /// In a cell: employed, and on leave or about to start.
        case away
    }

    private static let table: [Role: [[String]]] = {
        var table: [Role: [[String]]] = [:]
        for line in WordTable.people.components(separatedBy: "\n") where !line.isEmpty && !line.hasPrefix("#") {
            let fields = line.components(separatedBy: " ")
            guard fields.count == 3, let role = Role(rawValue: fields[1]) else {
                preconditionFailure("a phrase, what it means, and its languages: \(line)")
            }
            table[role, default: []].append(fields[0].components(separatedBy: "_").map(ListWords.folded))
        }
        return table
    }()

    /// Words that may stand beside a phrase in a header without changing what the column is about.
    private static let beside: [Role: Set<String>] = {
        let always: Set = ["s", "the", "current", "primary", "employee", "worker", "user", "work", "des", "der", "de"]
        let address: Set = [
            "email", "mail", "address", "name", "id", "uid", "upn", "number", "full", "display", "business", "direct",
            "principal", "1",
        ]
        return [
            .manager: always.union(address), .department: always.union(["name"]), .name: always,
            .first: always.union(["name", "legal", "preferred"]), .last: always.union(["name", "legal", "preferred"]),
            .start: always.union(["employment", "latest", "most", "recent"]), .end: always, .employment: always,
            .id: always, .status: always,
        ]
    }()

    /// The place in the table of the first phrase of a role that a header consists of, besides words that change
    /// nothing; nil for a header about something else.
    static func rank(of role: Role, in header: String) -> Int? {
        let tokens = ListWords.tokens(in: ListText.withoutBrackets(header))
        let beside = beside[role] ?? []
        return table[role]?.firstIndex { phrase in
            guard let place = place(of: phrase, in: tokens) else { return false }
            let rest = tokens[..<place] + tokens[(place + phrase.count)...]
            return rest.allSatisfy(beside.contains)
        }
    }

    /// Whether a text contains a phrase of a role.
    static func contains(_ role: Role, in text: String) -> Bool {
        let tokens = ListWords.tokens(in: text)
        return table[role]?.contains { place(of: $0, in: tokens) != nil } ?? false
    }

    private static func place(of phrase: [String], in tokens: [String]) -> Int? {
        guard phrase.count <= tokens.count else { return nil }
        return (0...(tokens.count - phrase.count)).first { tokens[$0..<($0 + phrase.count)].elementsEqual(phrase) }
    }
}
