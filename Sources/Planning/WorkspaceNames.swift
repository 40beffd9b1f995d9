import Domain

/// Finds the workspace that a cell names: by its uid, or by its name, ignoring case and extra spaces.
public struct WorkspaceNames: Sendable {
    private let byUID: [String: Workspace]
    private let byName: [String: [Workspace]]
    private let fallback: Workspace?
    /// The names of all workspaces, in the order of the API.
    public let names: [String]

    /// - Parameters:
    ///   - workspaces: all workspaces that the credentials give access to.
    ///   - fallback: the uid of the workspace for empty cells; nil if empty cells are an error.
    public init(_ workspaces: [Workspace], fallback: String? = nil) {
        byUID = Dictionary(workspaces.map { ($0.uid, $0) }, uniquingKeysWith: { first, _ in first })
        byName = Dictionary(grouping: workspaces) { Self.key($0.name) }
        self.fallback = fallback.flatMap { [byUID] in byUID[$0] }
        names = workspaces.map(\.name)
    }

    /// The workspace that a cell names.
    ///
    /// - Throws: ``WorkspaceProblem`` if it names none, or several.
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

/// Why a cell does not identify a workspace.
public enum WorkspaceProblem: Error, Hashable, Sendable {
    /// The cell is empty, and there is no fallback.
    case missing
    /// No workspace has that name or uid.
    case unknown(String, names: [String])
    /// Several workspaces have that name.
    case ambiguous(String, uids: [String])

    /// One sentence, safe to print.
    public var sentence: String {
        switch self {
        case .missing: "the row has no workspace"
        case .unknown(let text, let names):
            if let near = NearestWord.to(text, in: names) {
                "there is no workspace \"\(Terminal.plain(text))\"; did you mean \"\(Terminal.plain(near))\"?"
            } else {
                "there is no workspace \"\(Terminal.plain(text))\"; the workspaces are "
                    + names.prefix(12).map { "\"\(Terminal.plain($0))\"" }.joined(separator: ", ")
                    + (names.count > 12 ? " and \(names.count - 12) more" : "")
            }
        case .ambiguous(let text, let uids):
            "\(uids.count) workspaces are named \"\(Terminal.plain(text))\"; use a uid instead: "
                + uids.prefix(5).map { Terminal.plain($0, limit: 100) }.joined(separator: ", ")
        }
    }
}
