import Domain
import Synchronization

/// What a command does several times over: once for each of several workspaces.
extension Output {
    /// Adds an object to an array of the document. What is added meanwhile goes into it, and how it ended as well. The
    /// elements of an array follow one another.
    ///
    /// With events, each event in between carries the subject, and the object is an event of its own.
    ///
    /// - Parameters:
    ///   - array: the member of the document.
    ///   - event: the object's name among events.
    ///   - subject: what it is about, one member or more.
    public func element<Result>(
        of array: String, event: String, about subject: [JSONMember], _ body: () async throws -> Result
    ) async throws -> Result {
        guard format != .text else { return try await body() }
        try withState { open(array, subject, in: &$0) }
        do {
            let result = try await body()
            try withState { close(event, CommandFailure(.done), in: &$0) }
            return result
        } catch {
            let failure = CommandFailure(anything: error)
            state.withLock { close(event, failure, in: &$0) }
            throw error
        }
    }

    private func open(_ array: String, _ subject: [JSONMember], in state: inout State) {
        if format == .json {
            if state.array == array {
                state.sink.append(",\n")
            } else {
                begin(JSONText.string(array) + ":[\n", in: &state)
                state.array = array
                state.closers.append("\n]")
            }
            state.sink.append(json: "{" + subject.map(\.text).joined(separator: ",\n"))
            state.closers.append("}")
        }
        state.subject = subject
    }

    private func close(_ event: String, _ end: CommandFailure, in state: inout State) {
        let ending = Self.ending(end)
        if format == .json {
            for member in ending { begin(member.text, in: &state) }
            close(1, in: &state)
        } else {
            let head = tellsEvents ? [JSONMember("event", event)] : []
            state.sink.append(json: (head + state.subject + state.kept + ending).object + "\n")
            state.sink.flush()
            state.kept = []
            state.hasBegun = true
        }
        state.subject = []
    }

    /// How something ended; without a sentence there is no error to explain.
    static func ending(_ end: CommandFailure) -> [JSONMember] {
        [
            JSONMember("status", end.status.rawValue),
            JSONMember("error", end.text.map { ErrorText(code: end.code, message: $0) }),
        ]
    }

    /// Closes the innermost arrays and objects.
    func close(_ count: Int, in state: inout State) {
        for closer in state.closers.suffix(count).reversed() { state.sink.append(closer) }
        state.closers.removeLast(min(count, state.closers.count))
    }
}
