import Domain
import Ledger

/// What the process tells its caller. 64 and up are those of sysexits.h.
enum ExitStatus: Int32, CaseIterable {
    case done = 0
    case needsAttention = 1
    case nothingSent = 2
    case usage = 64
    case unreachable = 69
    case credentialsRefused = 77
    case interrupted = 130

    /// When it is given.
    var meaning: String {
        switch self {
        case .done: "every row succeeded or was skipped"
        case .needsAttention: "the run finished, and some rows need attention"
        case .nothingSent:
            "nothing was sent, no report was written: a refusal, no agreement, an input that could not be read"
        case .usage: "wrong usage: an unknown command, option or value"
        case .unreachable: "the API could not be reached"
        case .credentialsRefused: "the credentials were refused"
        case .interrupted: "interrupted"
        }
    }
}

/// An end of the command that has to be explained.
struct CommandFailure: Error {
    /// What the process ends with.
    var status: ExitStatus
    /// What happened and what to do; nothing if it has been said already.
    var sentence: String?

    init(_ status: ExitStatus, _ sentence: String? = nil) {
        self.status = status
        self.sentence = sentence
    }
}

extension CommandFailure {
    /// A listing that could not be had ends the command before anything is sent.
    init(_ failure: ListingFailure) {
        switch failure {
        case .unreachable(let reason): self.init(.unreachable, "the API could not be reached: \(reason)")
        case .throttled(let reason, let wait):
            let time = wait.map { " (for \($0.inUnits))" } ?? ""
            self.init(.unreachable, "the API limits the rate\(time); try again later: \(reason)")
        case .credentialsRefused(let reason): self.init(.credentialsRefused, "the credentials were refused: \(reason)")
        case .unusable(let reason): self.init(.nothingSent, "the API's list of users cannot be used: \(reason)")
        }
    }
}

/// The ledger's failures as the command's.
///
/// - Parameter status: what the process ends with; nothing was sent, unless the caller knows better.
func asCommandFailure<Value>(_ status: ExitStatus = .nothingSent, _ body: () throws -> Value) throws -> Value {
    do {
        return try body()
    } catch let error as LedgerError {
        throw CommandFailure(status, error.sentence)
    }
}
