import Domain

/// Finds the workspace that a cell means: by its uid, or by its name without regard to case and surrounding spaces.
public struct WorkspaceNames: Sendable {
    private let byUID: [String: Workspace]
    private let byName: [String: [Workspace]]
    private let fallback: Workspace?
    /// The names of all of them, in the order in which they came.
    public let names: [String]

    /// - Parameters:
    ///   - workspaces: all that the credentials reach.
    ///   - fallback: the uid of the one that an empty cell means; nil where an empty cell means none.
    public init(_ workspaces: [Workspace], fallback: String? = nil) {
        byUID = Dictionary(workspaces.map { ($0.uid, $0) }, uniquingKeysWith: { first, _ in first })
        byName = Dictionary(grouping: workspaces) { Self.key($0.name) }
        self.fallback = fallback.flatMap { [byUID] in byUID[$0] }
        names = workspaces.map(\.name)
    }

    /// The workspace that a cell means.
    ///
    /// - Throws: why it means none.
    public func find(_ cell: String) throws(WorkspaceProblem) -> Workspace {
        let words = cell.split(whereSeparator: \.isWhitespace)
        if words.isEmpty {
            guard let fallback else { throw .missing }
            return fallback
        }
        if words.count == 1, let workspace = byUID[String(words[0])] { return workspace }
        let found = byName[Self.key(cell)] ?? []
        guard let first = found.first else { throw .unknown(cell, names: names) }
        guard found.count == 1 else { throw .ambiguous(cell, uids: found.map(\.uid)) }
        return first
    }

    private static func key(_ text: String) -> String {
        text.split(whereSeparator: \.isWhitespace).joined(separator: " ").lowercased()
    }
}

/// Why a cell does not say which workspace is meant.
public enum WorkspaceProblem: Error, Hashable, Sendable {
    /// It is empty, and no workspace is meant by that.
    case missing
    /// There is none of that name or uid.
    case unknown(String, names: [String])
    /// Several have that name.
    case ambiguous(String, uids: [String])

    /// One sentence, made safe to print.
    public var sentence: String {
        switch self {
        case .missing: "the row has no workspace"
        case .unknown(let text, let names):
            if let near = NearestWord.to(text, in: names) {
                "there is no workspace \"\(Terminal.plain(text))\"; did you mean \"\(Terminal.plain(near))\"?"
            } else {
                "there is no workspace \"\(Terminal.plain(text))\"; there are "
                    + names.prefix(12).map { "\"\(Terminal.plain($0))\"" }.joined(separator: ", ")
                    + (names.count > 12 ? " and \(names.count - 12) more" : "")
            }
        case .ambiguous(let text, let uids):
            "\(uids.count) workspaces are named \"\(Terminal.plain(text))\"; write the uid instead: "
                + uids.prefix(5).map { Terminal.plain($0, limit: 100) }.joined(separator: ", ")
        }
    }
}
