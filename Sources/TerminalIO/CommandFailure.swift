import Domain
import Foundation
import Reports

/// An end of the command that has to be explained.
public struct CommandFailure: Error {
    /// What the process ends with.
    public var status: ExitStatus
    /// What programs go by.
    public var code: ErrorCode
    /// What happened and what to do; nothing if it has been said already.
    public var sentence: String?
    /// Lines below the sentence, with commands that help: `To check the setup: rollcall doctor`.
    public var hints: [String] = []

    /// The sentence and the hints, one line each; nil without a sentence.
    public var text: String? { sentence.map { ([$0] + hints).joined(separator: "\n") } }

    /// - Parameter code: nil for the general one of the status.
    public init(_ status: ExitStatus, code: ErrorCode? = nil, _ sentence: String? = nil) {
        self.status = status
        self.code = code ?? ErrorCode(status)
        self.sentence = sentence
    }
}

extension CommandFailure {
    /// Whatever ended a command or a part of it.
    public init(anything error: any Error) {
        switch error {
        case let failure as CommandFailure: self = failure
        case let error as any ExplainedError: self.init(.needsAttention, code: error.code, error.sentence)
        default: self.init(.needsAttention, "\(error)")
        }
    }

    /// A listing that could not be had ends the command before anything is sent.
    public init(_ failure: ListingFailure) {
        switch failure {
        case .unreachable(let reason): self.init(.unreachable, "the API could not be reached: \(reason)")
        case .throttled(let reason, let wait):
            let time = wait.map { " (for \($0.inUnits))" } ?? ""
            self.init(.unreachable, code: .rateLimited, "rate limited by the API\(time); try again later: \(reason)")
        case .credentialsRefused(let reason): self.init(.credentialsRefused, "the credentials were refused: \(reason)")
        case .unusable(let reason):
            self.init(.nothingSent, code: .userListUnusable, "the API's user list cannot be used: \(reason)")
        }
    }

    /// Why there is no report; nil for an error that says nothing about one.
    public init?(ofReport error: any Error) {
        switch error {
        case let error as any ExplainedError: self.init(.nothingSent, code: error.code, error.sentence)
        case let error as RowCountMismatch:
            self.init(
                .needsAttention,
                "\(error.table) has \(error.written.counted("row")) instead of \(error.promised.grouped); no "
                    + "report was written")
        default:
            guard let failure = WriteFailure(ofFoundation: error) else { return nil }
            self.init(.nothingSent, code: failure.code, failure.sentence)
        }
    }

    /// Why a file could not be read, as the end of a command that has sent nothing; any other error as it is.
    public static func reading(_ path: String, _ error: any Error) -> any Error {
        guard let error = error as? any ReadingError else { return error }
        return CommandFailure(
            .nothingSent, code: .inputInvalid,
            "\(Terminal.plain(path, limit: 1000)) \(error.sentence); nothing was sent")
    }
}

extension ErrorCode {
    /// The general code of an exit status.
    init(_ status: ExitStatus) {
        self =
            switch status {
            case .done, .needsAttention: .needsAttention
            case .nothingSent: .nothingSent
            case .usage: .usage
            case .unreachable: .unreachable
            case .credentialsRefused: .credentialsRefused
            case .interrupted: .interrupted
            }
    }
}

/// Runs what may fail with an explained error, of the ledger or the settings for example; that ends the command.
///
/// - Parameter status: what the process ends with; nothing was sent, unless the caller knows better.
public func asCommandFailure<Value>(
    _ status: ExitStatus = .nothingSent, _ body: () throws -> Value
) throws -> Value {
    do {
        return try body()
    } catch let error as any ExplainedError {
        throw CommandFailure(status, code: error.code, error.sentence)
    }
}

/// Runs what makes a report; its failures become the command's: no report was written.
public func asReportFailure<Value>(
    isolation: isolated (any Actor)? = #isolation, _ body: () async throws -> Value
) async throws -> Value {
    do {
        return try await body()
    } catch {
        throw CommandFailure(ofReport: error) ?? error
    }
}

extension WriteFailure {
    /// A file that Foundation could not write or copy, with the reason of the operating system; nil for other errors.
    fileprivate init?(ofFoundation error: any Error) {
        let found = error as NSError
        // The codes of write errors (NSFileWriteUnknownError and following).
        guard found.domain == NSCocoaErrorDomain, (512..<640).contains(found.code),
            let reason = (found.userInfo[NSUnderlyingErrorKey] as? any Error).map({ $0 as NSError }),
            reason.domain == NSPOSIXErrorDomain
        else { return nil }
        let path = ["NSDestinationFilePath", NSFilePathErrorKey].lazy.compactMap { found.userInfo[$0] as? String }.first
        self.init(path: path ?? "a file", reason: String(cString: strerror(Int32(reason.code))))
    }
}

extension OrdinaryFile {
    /// Makes sure that nothing has a name that a file is to be written under: an approved plan, a list, evidence.
    ///
    /// - Throws: ``CommandFailure``.
    public static func refuseToReplace(_ path: String) throws {
        guard FileStatus(path: path, followsLinks: false) != nil else { return }
        throw CommandFailure(
            .nothingSent, code: .fileExists,
            "\(Terminal.plain(path, limit: 1000)) already exists and is not replaced; choose another name; nothing "
                + "was written")
    }
}
