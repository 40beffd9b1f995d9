import CListing
import Domain
import Foundation
import JSONReading
import Populations

/// Reads the responses of the two listings. Unknown account types and statuses are kept, and extra members are ignored.
/// If a member is missing or has the wrong type, the whole response is unusable, because reports must be complete.
struct RosterDecoder {
    /// The accounts in a response of `listUsers`.
    static func population(_ body: ResponseBody) throws(UnusableListing) -> Population {
        let (result, errors, found) = body.withUnsafeBytes { bytes in
            let found = FoundPeople(PopulationBuilder(within: bytes, of: body))
            let result = listing_read(
                bytes.baseAddress?.assumingMemoryBound(to: CChar.self), bytes.count,
                listing_handler(
                    context: Unmanaged.passUnretained(found).toOpaque(),
                    user: { context, texts in FoundPeople.at(context)?.addUser(texts) },
                    invite: { context, texts in FoundPeople.at(context)?.addInvite(texts) }))
            let errors =
                result.errors.count > 0
                ? Result { () throws(InvalidJSON) in try JSONDocument(roomBehind: result.errors.bytes) } : nil
            return (result, errors, found)
        }
        // With errors, `data` is null or incomplete: the errors explain more than a missing member.
        if let errors = GraphQLErrors(try errors.map(Self.checked)?.root) { throw .errors(errors) }
        guard result.end == listing_ok else { throw UnusableListing(result) }
        guard let population = found.builder.finish() else {
            throw .shape("data.listUsers has more account types or statuses than the supported 65,536")
        }
        return population
    }

    /// The workspaces in a response of `listWorkspaces`.
    static func workspaces(_ body: ResponseBody) throws(UnusableListing) -> [Workspace] {
        let root = try checked(Result { () throws(InvalidJSON) in try JSONDocument(body) }).root
        // With errors, `data` is null or incomplete: the errors explain more than a missing member.
        if let errors = GraphQLErrors(root["errors"]) { throw .errors(errors) }
        let listing = try JSONPlace(root).member("data").member("listWorkspaces")
        // `ok` is in the schema, but not in the query of the vendor's client (docs/api.md).
        if let ok = listing.value["ok"], ok != .null {
            guard case .bool(let ok) = ok else { throw .shape("\(listing.path).ok has the wrong type") }
            guard ok else { throw .notOK }
        }
        var workspaces: [Workspace] = []
        for entry in try listing.member("workspaces").elements() {
            workspaces.append(Workspace(uid: try entry.identifier("uid"), name: try entry.text("name")))
        }
        return workspaces
    }

    private static func checked(
        _ document: Result<JSONDocument, InvalidJSON>
    ) throws(UnusableListing) -> JSONDocument {
        do throws(InvalidJSON) { return try document.get() } catch { throw UnusableListing(error) }
    }
}

/// The accounts that were found so far.
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
    /// The text, in valid UTF-8.
    fileprivate var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: start, count: count) }
}

/// Why a 2xx response is not a listing.
enum UnusableListing: Error, Equatable {
    /// `ok: false`.
    case notOK
    /// Malformed or incomplete JSON.
    case notJSON
    /// JSON with an unexpected structure.
    case shape(String)
    /// JSON that the API does not send, and what is wrong with it; follows "JSON".
    case untrusted(String)
    /// GraphQL errors.
    case errors(GraphQLErrors)
    /// The response could not be stored or read again, and why.
    case notKept(String)

    fileprivate init(_ result: listing_result) {
        let path = withUnsafeBytes(of: result.path) { bytes in
            String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        }
        let place = path.isEmpty ? "the response" : path
        switch result.end {
        case listing_missing: self = .shape("\(place) is missing")
        case listing_null: self = .shape("\(place) is null")
        case listing_type: self = .shape("\(place) has the wrong type")
        case listing_not_ok: self = .notOK
        case listing_twice: self = .init(.twice(place))
        case listing_nul: self = .init(.nul(place))
        case listing_control: self = .control(place)
        case listing_too_deep: self = .init(.tooDeep)
        case listing_no_memory: self = .init(.noMemory)
        default: self = .notJSON
        }
    }

    /// An identifier contains a control character, which some programs hide or change.
    static func control(_ place: String) -> Self { .untrusted("in which \(place) has a control character") }

    /// A response that is not valid JSON.
    init(_ invalid: InvalidJSON) {
        self = invalid.problem.map(UnusableListing.untrusted) ?? .notJSON
    }
}
