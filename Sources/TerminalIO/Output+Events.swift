import Domain
import Foundation
import Reports
import Synchronization

/// Output that is written immediately, and the end of the command.
extension Output {
    /// Writes a document of its own immediately, for a reader that waits for it while the command runs.
    public func announce(_ member: JSONMember, text: String) {
        state.withLock { state in
            state.sink.append(json: (format == .text ? text : (opening + [member]).object) + "\n")
            state.sink.flush()
            state.isComplete = true
        }
    }

    /// Tells what has happened, at once.
    public func event(_ name: String, _ members: [JSONMember]) {
        guard tellsEvents else { return }
        state.withLock { state in
            let line = ([JSONMember("event", name)] + state.subject + members).object + "\n"
            state.hasBegun = true
            state.sink.append(json: line)
            state.sink.flush()
        }
    }

    /// Tells what has happened to rows, at once.
    public func events(_ name: String, _ row: JSONRow, _ rows: [[Cell]]) {
        guard tellsEvents, !rows.isEmpty else { return }
        let head = opening(of: name)
        let lines = rows.map { head + row.text($0).dropFirst() + "\n" }.joined()
        state.withLock { state in
            state.sink.append(json: lines)
            state.sink.flush()
        }
    }

    /// What an event on rows begins with: its name, and what it is about.
    func opening(of event: String) -> String {
        state.withLock { "{" + ([JSONMember("event", event)] + $0.subject).map { $0.text + "," }.joined() }
    }

    /// Says how the command ended; nothing comes after it.
    ///
    /// - Throws: ``CommandFailure`` if standard output took less than it was to.
    public func end(_ end: CommandFailure = CommandFailure(.done)) throws {
        try withState { finish(&$0, end) }
        if let failure = state.withLock({ $0.sink.failure }) { throw Self.failed(failure) }
    }

    /// Says it in the moment before the process ends, if that is possible without waiting for anybody.
    public func endAtOnce(_ end: CommandFailure) {
        _ = state.withLockIfAvailable { state in
            if state.sink.isReady { finish(&state, end) }
        }
    }

    private func finish(_ state: inout State, _ end: CommandFailure) {
        guard !state.isComplete else { return }
        state.isComplete = true
        let ending = Self.ending(end)
        switch format {
        case .text: break
        case .json:
            close(state.closers.count, in: &state)
            (state.array, state.subject) = (nil, [])
            for member in ending { begin(member.text, in: &state) }
            state.sink.append("\n}\n")
        case .ndjson:
            // Rows speak for themselves; what has none says it on one line.
            guard tellsEvents || !state.hasBegun else { break }
            let first = tellsEvents ? [JSONMember("event", "finished")] : []
            state.sink.append(json: (first + opening + state.kept + ending).object + "\n")
        }
        state.sink.flush()
    }
}
