import Domain
import Ledger

/// What the process tells its caller. 64 and up are those of sysexits.h.
enum ExitStatus: Int32 {
    /// Every row succeeded or was skipped.
    case done = 0
    /// The run finished and some rows need attention.
    case needsAttention = 1
    /// Nothing was sent: a guard, a refusal at the prompt, an input that could not be read.
    case nothingSent = 2
    /// Wrong usage.
    case usage = 64
    /// The API could not be reached.
    case unreachable = 69
    /// The credentials were refused.
    case credentialsRefused = 77
    /// Ctrl-C.
    case interrupted = 130
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
        case .credentialsRefused(let reason): self.init(.credentialsRefused, "the credentials were refused: \(reason)")
        case .unusable(let reason): self.init(.nothingSent, "the API's list of users cannot be used: \(reason)")
        }
    }
}

/// The ledger's failures as the command's.
///
/// - Parameter status: what the process ends with; nothing was sent, unless the caller knows better.
func inWords<Value>(_ status: ExitStatus = .nothingSent, _ body: () throws -> Value) throws -> Value {
    do {
        return try body()
    } catch let error as LedgerError {
        throw CommandFailure(status, error.sentence)
    }
}
