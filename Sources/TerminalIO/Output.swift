import Domain
import Foundation
import Reports
import Synchronization

/// Standard output, which is for data: text, one JSON document, or one JSON object a line.
///
/// A command says what it knows as ``add(_:)`` and ``rows(_:_:_:)``, whatever the format is; how it ended is added
/// where it ends (``RollcallCommand``).
public final class Output: Sendable {
    /// What standard output says.
    public let format: OutputFormat
    /// Whether a person sees it as it is written.
    public let isTerminal = isatty(STDOUT_FILENO) == 1
    /// The columns that text has to fit; nil where lines stay whole, because a program may read them.
    public var textWidth: Int? { isTerminal ? TerminalSize.of(STDOUT_FILENO).columns : nil }
    /// The command's words, as documents name it: `runs list`.
    private let command: String
    /// Whether lines are events.
    public let isSending: Bool
    private let stream = StandardStream(STDOUT_FILENO)
    let state: Mutex<State>

    struct State {
        var sink: OutputSink
        /// What the last line of a stream of events says.
        var kept: [JSONMember] = []
        /// Whether the document has begun, or the stream has had its rows.
        var hasBegun = false
        /// Whether all is said already.
        var isComplete = false
        /// What closes the arrays and objects that are open, the innermost last.
        var closers: [String] = []
        /// The array whose elements are being added.
        var array: String?
        /// What the events of an element are about; empty outside of one.
        var subject: [JSONMember] = []
    }

    /// - Parameter isSending: whether the command changes the workspace: then lines are events, and a reader that
    ///   leaves does not stop it.
    public init(_ format: OutputFormat, command: String, isSending: Bool) {
        self.format = format
        self.command = command
        self.isSending = isSending
        state = Mutex(State(sink: OutputSink(stream, outlivesReader: isSending, isTerminal: isTerminal)))
    }

    /// From here on a reader that takes nothing is given up after ``ReaderPatience/limit``.
    public func limitWaits() { stream.limitWaits() }

    /// From here on nothing waits for a reader.
    func stopWaiting() { stream.stopWaiting() }

    /// Whether events are written as they happen.
    public var tellsEvents: Bool { format == .ndjson && isSending }

    /// Writes text; only where text is asked for.
    ///
    /// - Throws: ``CommandFailure`` if it cannot be written. A closed pipe ends the process quietly.
    public func text(_ text: @autoclosure () throws -> String) throws {
        guard format == .text else { return }
        let text = try text()
        try withState { state in
            state.sink.append(text)
            state.sink.flush()
        }
    }

    /// Writes the contents of a text file, in pieces; only where text is asked for.
    ///
    /// - Throws: ``CommandFailure`` if they cannot be written, Foundation's error if they cannot be read.
    public func contents(of path: String) throws {
        guard format == .text else { return }
        let file = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
        defer { try? file.close() }
        while let piece = try file.read(upToCount: 1 << 16), !piece.isEmpty {
            try withState { $0.sink.append(bytes: piece) }
        }
        try withState { $0.sink.flush() }
    }

    /// Adds members to the document, or to what the last line says.
    public func add(_ members: JSONMember...) throws {
        try add(members)
    }

    /// Adds members to the document, or to what the last line says.
    public func add(_ members: [JSONMember]) throws {
        guard format != .text else { return }
        try withState { state in
            guard format == .json else { return state.kept += members }
            for member in members { begin(member.text, in: &state) }
        }
    }

    /// Adds rows: an array of the document, or a line each.
    ///
    /// - Parameters:
    ///   - event: what a row is called among events.
    ///   - body: calls its argument once for each row, with one cell for each key.
    public func rows(
        _ name: String, event: String = "row", _ row: JSONRow, _ body: ((([Cell]) throws -> Void)) throws -> Void
    )
        throws
    {
        guard format != .text else { return }
        let head = tellsEvents ? opening(of: event) : "{"
        try withState { state in
            if format == .json {
                begin("\(JSONText.string(name)):[", in: &state)
                state.closers.append("\n]")
            }
            state.hasBegun = true
        }
        var separator = "\n"
        // Whatever ends the rows, the array is closed, so that the document says why.
        defer { if format == .json { state.withLock { close(1, in: &$0) } } }
        try body { cells in
            let text = row.text(cells)
            try withState { state in
                state.sink.append(json: format == .json ? separator + text : head + text.dropFirst() + "\n")
            }
            separator = ",\n"
        }
        try withState { _ in }
    }

    /// Adds a report: what stands above its rows, and the rows.
    public func add(_ report: Report) throws {
        try add(report.jsonMembers.dropFirst().map(JSONMember.init(spelled:)))
        for table in report.tables {
            try rows(table.id, JSONRow(table.columns)) { emit in try table.rows(emit) }
        }
    }

    var opening: [JSONMember] { [JSONMember("schemaVersion", 1), JSONMember("command", command)] }

    /// Adds a piece on a line of its own; the first comes after what every document begins with.
    func begin(_ text: String, in state: inout State) {
        if state.subject.isEmpty && state.array != nil {
            state.array = nil
            close(1, in: &state)
        }
        if !state.hasBegun { state.sink.append("{\n" + opening.map(\.text).joined(separator: ",\n")) }
        state.hasBegun = true
        state.sink.append(json: ",\n" + text)
    }

    /// A command that sends has more to do than to write; it hears of a failure at its end.
    func withState(_ body: (inout State) -> Void) throws {
        let failure = state.withLock { state in
            body(&state)
            return state.sink.outlivesReader ? nil : state.sink.failure
        }
        if let failure { throw Self.failed(failure) }
    }

    static func failed(_ reason: String) -> CommandFailure {
        CommandFailure(.nothingSent, code: .outputNotWritten, "standard output could not be written: \(reason)")
    }
}
