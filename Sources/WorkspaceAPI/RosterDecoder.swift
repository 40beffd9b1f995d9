import CListing
import Domain
import Foundation

/// Reads answers of the two listings. Account types and statuses are text and survive; extra members are ignored;
/// whatever is missing or of another type makes the whole answer unusable, because a report never invents.
struct RosterDecoder {
    /// The people in an answer of `listUsers`.
    static func population(_ body: ResponseBody) throws(UnusableListing) -> Population {
        let (result, found) = body.withUnsafeBytes { bytes in
            let found = FoundPeople(PopulationBuilder(within: bytes, of: body))
            let result = listing_read(
                bytes.baseAddress?.assumingMemoryBound(to: CChar.self), bytes.count, ResponseBody.room,
                listing_handler(
                    context: Unmanaged.passUnretained(found).toOpaque(),
                    user: { context, texts in FoundPeople.at(context)?.addUser(texts) },
                    invite: { context, texts in FoundPeople.at(context)?.addInvite(texts) }))
            return (result, found)
        }
        // Errors come with `data: null` or half a tree: they say more than what is missing from it.
        if result.has_errors != 0, let errors = try? JSONDecoder().decode(ErrorsOnly.self, from: body.data),
            let found = GraphQLErrors(errors.errors)
        {
            throw .errors(found)
        }
        guard result.end == listing_ok else { throw UnusableListing(result) }
        guard let population = found.builder.finish() else {
            throw .shape("data.listUsers has more account types or statuses than can be told apart")
        }
        return population
    }

    /// The workspaces in an answer of `listWorkspaces`.
    static func workspaces(_ body: ResponseBody) throws(UnusableListing) -> [Workspace] {
        let envelope: Envelope<WorkspacesData> = try decode(body.data)
        guard let found = envelope.data?.listWorkspaces else { throw .shape("data.listWorkspaces is missing") }
        guard found.ok != false else { throw .notOK }
        return found.workspaces.map { Workspace(uid: $0.uid, name: $0.name) }
    }

    private static func decode<Payload>(_ body: Data) throws(UnusableListing) -> Envelope<Payload> {
        let envelope: Envelope<Payload>
        do {
            envelope = try JSONDecoder().decode(Envelope<Payload>.self, from: body)
        } catch let error as DecodingError {
            // Errors come with `data: null` or half a tree: they say more than what is missing from it.
            if let errors = try? JSONDecoder().decode(ErrorsOnly.self, from: body),
                let found = GraphQLErrors(errors.errors)
            {
                throw .errors(found)
            }
            throw .init(error)
        } catch {
            throw .notJSON
        }
        if let errors = GraphQLErrors(envelope.errors) { throw .errors(errors) }
        return envelope
    }

    private struct ErrorsOnly: Decodable { var errors: JSONValue? }

    private struct Envelope<Payload: Decodable>: Decodable {
        var data: Payload?
        var errors: JSONValue?
    }

    private struct WorkspacesData: Decodable {
        var listWorkspaces: Workspaces?

        struct Workspaces: Decodable {
            // In the schema, and not in the vendor's own query (FACTS.md).
            var ok: Bool?
            var workspaces: [Entry]
        }

        struct Entry: Decodable {
            var uid, name: String
        }
    }
}

/// The people that were found so far.
private final class FoundPeople {
    var builder: PopulationBuilder

    init(_ builder: PopulationBuilder) { self.builder = builder }

    static func at(_ context: UnsafeMutableRawPointer?) -> FoundPeople? {
        context.map { Unmanaged<FoundPeople>.fromOpaque($0).takeUnretainedValue() }
    }

    func addUser(_ texts: UnsafePointer<listing_text>?) {
        guard let texts else { return }
        builder.addUser(
            uid: texts[0].bytes, email: texts[1].bytes, name: texts[2].bytes, accountType: texts[3].bytes)
    }

    func addInvite(_ texts: UnsafePointer<listing_text>?) {
        guard let texts else { return }
        builder.addInvite(email: texts[0].bytes, accountType: texts[1].bytes, status: texts[2].bytes)
    }
}

extension listing_text {
    /// The text, which has been checked to be UTF-8.
    fileprivate var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: start, count: count) }
}

/// Why a 2xx answer is not a listing.
enum UnusableListing: Error {
    /// `ok: false`.
    case notOK
    /// Not JSON, or cut.
    case notJSON
    /// JSON, and not the API's.
    case shape(String)
    /// GraphQL errors.
    case errors(GraphQLErrors)

    fileprivate init(_ result: listing_result) {
        let path = withUnsafeBytes(of: result.path) { bytes in
            String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        }
        let place = path.isEmpty ? "the whole answer" : path
        switch result.end {
        case listing_missing: self = .shape("\(place) is missing")
        case listing_null: self = .shape("\(place) is null")
        case listing_type: self = .shape("\(place) is of another type")
        case listing_not_ok: self = .notOK
        case listing_twice: self = .shape("\(place) comes twice")
        default: self = .notJSON
        }
    }

    /// Names the place: `data.listUsers.activeUsers[3].email is null`.
    init(_ error: DecodingError) {
        switch error {
        case .keyNotFound(let key, let context):
            self = .shape("\(Self.path(context.codingPath + [key])) is missing")
        case .valueNotFound(_, let context): self = .shape("\(Self.path(context.codingPath)) is null")
        case .typeMismatch(_, let context): self = .shape("\(Self.path(context.codingPath)) is of another type")
        case .dataCorrupted: self = .notJSON
        @unknown default: self = .notJSON
        }
    }

    private static func path(_ keys: [any CodingKey]) -> String {
        guard !keys.isEmpty else { return "the whole answer" }
        var path = ""
        for key in keys {
            if let index = key.intValue {
                path += "[\(index)]"
            } else {
                path += path.isEmpty ? key.stringValue : ".\(key.stringValue)"
            }
        }
        return path
    }
}
