/// Lines of a file, for a message: the first few, and whether there are more.
public struct LineNumbers: Equatable, Sendable, CustomStringConvertible {
    private static let most = 3

    /// The first three, counted from 1, in the order of the file.
    public private(set) var first: [Int] = []
    /// Whether there are more.
    public private(set) var hasMore = false

    init(_ lines: [Int] = []) {
        for line in lines { append(line) }
    }

    /// Adds the next line, unless it was added before.
    mutating func append(_ line: Int) {
        if let last = first.last, line <= last { return }
        if first.count < Self.most { first.append(line) } else { hasMore = true }
    }

    /// For example `line 4`, `lines 2 and 3`, `lines 2, 3, 5 and more`.
    public var description: String {
        let numbers = first.map(String.init)
        guard let last = numbers.last, numbers.count > 1 else { return "line " + numbers.joined() }
        if hasMore { return "lines " + numbers.joined(separator: ", ") + " and more" }
        return "lines " + numbers.dropLast().joined(separator: ", ") + " and " + last
    }
}
