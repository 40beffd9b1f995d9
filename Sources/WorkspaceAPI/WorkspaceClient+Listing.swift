import Domain
import Foundation
import Populations

/// One response of `listUsers`, with its bytes.
public struct Listing: Sendable {
    /// The accounts of the workspace; their texts are in ``raw``.
    public let population: Population
    /// The body as the API sent it: evidence.
    public let raw: ResponseBody
    /// What is known about its sender; nothing for a stored response.
    public let source: ResponseSource

    init(_ raw: ResponseBody, from source: ResponseSource = .init()) throws(UnusableListing) {
        population = try RosterDecoder.population(raw)
        self.raw = raw
        self.source = source
    }

    /// Reads a stored response.
    ///
    /// - Throws: an error that says why it is not a listing.
    public init(decoding raw: Data) throws { try self.init(ResponseBody(raw)) }
}

/// The progress of a listing.
public enum ListingProgress: Hashable, Sendable {
    /// The request was sent, or is about to be sent.
    case asked
    /// The number of received bytes, and the total number if the response states it.
    case received(bytes: Int, of: Int?)
    /// The number of bytes of the complete response that have been read, and the total number; only for an audit log.
    case read(bytes: Int, of: Int)
    /// A retry after a delay, and why.
    case tryingAgain(in: Duration, because: String)
}

extension WorkspaceClient {
    /// Lists all users and invitations of the workspace.
    ///
    /// - Throws: ``ListingFailure``, after up to three attempts.
    public func listUsers() async throws(ListingFailure) -> Roster {
        try await listing().population.roster
    }

    /// Lists all users and invitations of the workspace, with the raw response.
    ///
    /// - Parameter onProgress: called with the progress, on any thread.
    /// - Throws: ``ListingFailure``, after up to three attempts.
    public func listing(
        onProgress: @escaping @Sendable (ListingProgress) -> Void = { _ in }
    ) async throws(ListingFailure) -> Listing {
        try await attempts(.listUsers, onProgress) { answer throws(UnusableListing) in
            try Listing(answer.body, from: ResponseSource(answer))
        }
    }

    /// Lists the workspaces that a company token gives access to.
    ///
    /// - Throws: ``ListingFailure``, after up to three attempts.
    public func listWorkspaces() async throws(ListingFailure) -> [Workspace] {
        try await attempts(.listWorkspaces, { _ in }) { answer throws(UnusableListing) in
            try RosterDecoder.workspaces(answer.body)
        }
    }

    /// Retries a listing, which is safe because, unlike a mutation, it changes nothing.
    func attempts<Value>(
        _ document: GraphQLDocument, to file: ResponseFile? = nil,
        _ onProgress: @escaping @Sendable (ListingProgress) -> Void,
        _ decode: (TransportResponse) throws(UnusableListing) -> Value
    ) async throws(ListingFailure) -> Value {
        var pauses: [Duration] = [.milliseconds(500), .seconds(2)]
        while true {
            onProgress(.asked)
            switch await attempt(document, to: file, onProgress: onProgress, decode: decode) {
            case .value(let value): return value
            case .failed(let failure): throw failure
            case .again(let failure, let asked):
                let wait = asked ?? pauses.first ?? .zero
                // A command should not wait for minutes; the message says what to do.
                guard !pauses.isEmpty, wait <= .seconds(60) else { throw failure }
                pauses.removeFirst()
                onProgress(.tryingAgain(in: wait, because: failure.reason))
                do { try await clock.sleep(for: wait) } catch { throw failure }
            }
        }
    }

    /// The result of one request.
    enum Attempt<Value> {
        case value(Value)
        case failed(ListingFailure)
        case again(ListingFailure, after: Duration?)
    }

    func attempt<Value>(
        _ document: GraphQLDocument, to file: ResponseFile? = nil, timeout: Duration? = nil,
        onProgress: @escaping @Sendable (ListingProgress) -> Void = { _ in },
        decode: (TransportResponse) throws(UnusableListing) -> Value
    ) async -> Attempt<Value> {
        let response: TransportResponse
        do throws(TransportFailure) {
            response = try await list(document, to: file, timeout: timeout) {
                onProgress(.received(bytes: $0, of: $1))
            }
        } catch {
            if let problem = file?.problem { return .failed(.unusable(reason: redactor.plain(problem))) }
            return attempt(failing: error)
        }
        guard (200..<300).contains(response.status) else {
            return attempt(refused: classifier.refusal(ofListing: response))
        }
        do throws(UnusableListing) {
            return .value(try decode(response))
        } catch {
            switch error {
            case .notOK: return .failed(.unusable(reason: "\(document.field) returned ok: false"))
            case .notJSON:
                let nature = redactor.nature(of: file?.beginning ?? response.body.data)
                return .failed(.unusable(reason: "\(document.field) returned \(nature)"))
            case .shape(let place):
                let reason = "\(document.field) returned unexpected JSON: \(redactor.plain(place))"
                return .failed(.unusable(reason: reason))
            case .untrusted(let problem):
                let reason = "\(document.field) returned JSON \(redactor.plain(problem)); it is not used"
                return .failed(.unusable(reason: reason))
            case .notKept(let problem): return .failed(.unusable(reason: redactor.plain(problem)))
            case .errors(let errors): return attempt(refused: classifier.refusal(ofListing: response, errors: errors))
            }
        }
    }

    private func attempt<Value>(failing failure: TransportFailure) -> Attempt<Value> {
        let reason = at(classifier.answer(to: failure).reason)
        return switch failure {
        case .neverSent, .lost: .again(.unreachable(reason: reason), after: nil)
        // No retry, because the time is used up.
        case .timedOut: .failed(.unreachable(reason: reason))
        case .tooLong, .notTaken: .failed(.unusable(reason: reason))
        }
    }

    private func attempt<Value>(refused refusal: AnswerClassifier.ListingRefusal) -> Attempt<Value> {
        switch refusal {
        case .credentials(let reason): .failed(.credentialsRefused(reason: reason))
        case .again(let reason): .again(.unreachable(reason: at(reason)), after: nil)
        case .slowDown(let reason, let wait): .again(.throttled(reason: at(reason), wait: wait), after: wait)
        case .unusable(let reason): .failed(.unusable(reason: at(reason)))
        }
    }

    private func at(_ reason: String) -> String { "\(endpoint.place): \(reason)" }
}
