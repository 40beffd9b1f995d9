import Domain
import Foundation
import JSONReading
import Testing

@testable import WorkspaceAPI

/// Responses of getAuditLogs, about which nothing is assumed.
@Suite struct AuditLogTests {
    private static let receivedAt = Date(timeIntervalSince1970: 1_769_850_000)

    /// The log in a response.
    private func read(_ response: String, workspace: String? = nil) throws -> AuditLog {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
        try Data(response.utf8).write(to: URL(fileURLWithPath: path))
        defer { unlink(path) }
        return try AuditLog(at: path, .init(receivedAt: Self.receivedAt, workspace: workspace))
    }

    private static func response(_ events: String...) -> String {
        #"{"data":{"getAuditLogs":{"auditLogs":[\#(events.joined(separator: ","))]}}}"#
    }

    private static func event(
        _ id: Int?, _ actor: String?, _ time: String, type: String = "T", workspace: Int? = 1, name: String? = "Acme"
    ) -> String {
        let text = { (text: String?) in text.map { "\"\($0)\"" } ?? "null" }
        let number = { (number: Int?) in number.map(String.init) ?? "null" }
        return #"{"id":\#(number(id)),"createdDttm":"\#(time)","workspaceId":\#(number(workspace)),"#
            + #""workspaceName":\#(text(name)),"actorEmail":\#(text(actor)),"eventType":"\#(type)","metadataJson":null}"#
    }

    @Test func `events are counted by person and by type, in any order`() throws {
        let log = try read(
            Self.response(
                Self.event(3, "Ada@acme.io", "2026-01-02T00:00:00Z"), Self.event(1, nil, "2025-01-01T00:00:00Z"),
                Self.event(9, "ada@ACME.io", "2026-01-30T00:00:00Z", type: "U"),
                Self.event(2, "bob@acme.io", "2025-12-01T00:00:00+02:00"))
        ).activity
        #expect(log.events == 4 && log.withoutActor == 1 && log.repeated == 0)
        #expect(log.types == ["T": 3, "U": 1])
        #expect(log.people.mapValues(\.events) == ["ada@acme.io": 2, "bob@acme.io": 1])
        #expect(log.people["ada@acme.io"]?.last == EventTime("2026-01-30T00:00:00Z"))
        #expect(log.oldest == EventTime("2025-01-01T00:00:00Z") && log.newest == EventTime("2026-01-30T00:00:00Z"))
    }

    @Test func `an empty log has no events and no reach`() throws {
        let log = try read(Self.response())
        #expect(log.activity.events == 0 && log.activity.oldest == nil)
        #expect(log.sha256.count == 64)
        #expect(try read(Self.response().replacing("[]", with: " [ \n ] ")).activity.events == 0)
    }

    @Test func `times that cannot be used are counted, and no last activity`() throws {
        let log = try read(
            Self.response(
                Self.event(1, "a@b.io", "yesterday"), Self.event(2, "a@b.io", "2026-02-01T00:00:00Z"),
                Self.event(3, "c@d.io", "2026-01-31T09:04:00Z"), Self.event(4, "c@d.io", "2026-01-31T22:00:00"),
                #"{"id":5,"createdDttm":1769850000}"#, "{}")
        ).activity
        #expect(log.unreadableTimes == 3 && log.futureTimes == 1 && log.timesWithoutZone == 1 && log.withoutActor == 2)
        #expect(log.people["a@b.io"] == Activity.Person(events: 2, last: nil, undated: 2))
        #expect(log.people["c@d.io"]?.last == EventTime("2026-01-31T22:00:00"))
        #expect(log.types == ["T": 4, "": 2])
    }

    @Test func `an event with the id of another one is counted: the two may differ`() throws {
        let log = try read(
            Self.response(
                Self.event(-7, "a@b.io", "2026-01-01T00:00:00Z"), Self.event(64, nil, "2026-01-01T00:00:00Z"),
                Self.event(-7, "a@b.io", "2026-01-02T00:00:00Z"), Self.event(nil, nil, "2026-01-01T00:00:00Z"),
                Self.event(nil, nil, "2026-01-01T00:00:00Z"))
        ).activity
        #expect(log.events == 5 && log.repeated == 1)
        #expect(log.people["a@b.io"]?.last == EventTime("2026-01-02T00:00:00Z") && log.people["a@b.io"]?.events == 2)
    }

    @Test func `workspaces may number their events alike`() throws {
        let event = { (id: Int, workspace: Int) in
            #"{"id":\#(id),"actorEmail":"a@b.io","createdDttm":"2026-01-02T00:00:00Z","workspaceId":\#(workspace),"#
                + #""workspaceName":"W\#(workspace)"}"#
        }
        let log = try read(Self.response(event(1, 1), event(1, 2), event(2, 2)), workspace: "W2").activity
        #expect(log.events == 2 && log.repeated == 0 && log.ofOtherWorkspaces == 1)
    }

    @Test func `a time that stands for none is not the oldest event, and an id is not nobody`() throws {
        let log = try read(
            Self.response(
                Self.event(1, nil, "1970-01-01T00:00:00Z"), Self.event(2, "a@b.io", "2026-01-02T00:00:00Z"),
                #"{"id":3,"actorUserId":7,"createdDttm":"2026-01-03T00:00:00Z"}"#)
        ).activity
        #expect(log.oldest == EventTime("2026-01-02T00:00:00Z") && log.unreadableTimes == 1)
        #expect(log.withoutActor == 2 && log.withIDOnly == 1)
        #expect(log.newestWithIDOnly == EventTime("2026-01-03T00:00:00Z"))
    }

    @Test func `events of other workspaces are counted apart`() throws {
        let response = Self.response(
            Self.event(1, "a@b.io", "2026-01-01T00:00:00Z"),
            Self.event(2, "a@b.io", "2026-01-05T00:00:00Z", workspace: 2, name: "Other"),
            // A workspace may have been renamed, and an event may name none.
            Self.event(3, "c@d.io", "2026-01-02T00:00:00Z", name: "Acme before"),
            Self.event(4, "c@d.io", "2026-01-03T00:00:00Z", workspace: nil, name: nil))
        let log = try read(response, workspace: "Acme").activity
        #expect(log.events == 3 && log.ofOtherWorkspaces == 1)
        #expect(log.people["a@b.io"]?.last == EventTime("2026-01-01T00:00:00Z") && log.people["c@d.io"]?.events == 2)
        #expect(try read(response, workspace: "Third").activity.ofOtherWorkspaces == 3)
        let failure = #expect(throws: UnusableAuditLog.self) { try read(response) }
        #expect(failure?.reason.contains("it has events of 2 workspaces") == true)
        let twins = Self.response(
            Self.event(1, nil, "2026-01-01T00:00:00Z"), Self.event(2, nil, "2026-01-01T00:00:00Z", workspace: 2))
        #expect(throws: UnusableAuditLog.self) { try read(twins, workspace: "Acme") }
    }

    /// Responses that are not used at all, and why.
    static let unusable = [
        ("", "not JSON"), ("<html>", "not JSON"), ("null", "the response has the wrong type"), ("[]", "wrong type"),
        ("{}", "data is missing"), (#"{"data":null}"#, "data is null"),
        (#"{"data":null,"errors":[{"message":"no"}]}"#, "errors"),
        (#"{"data":{"getAuditLogs":null}}"#, "data.getAuditLogs is null"),
        (#"{"data":{"getAuditLogs":{"auditLogs":null}}}"#, "data.getAuditLogs.auditLogs is null"),
        (#"{"data":{"getAuditLogs":{"auditLogs":{}}}}"#, "auditLogs has the wrong type"),
        (#"{"data":{"getAuditLogs":{"ok":false,"auditLogs":[]}}}"#, "ok: false"),
        (#"{"data":{"getAuditLogs":{"ok":"yes","auditLogs":[]}}}"#, "ok has the wrong type"),
        (#"{"data":{"getAuditLogs":{"auditLogs":[null]}}}"#, "auditLogs[0] is null"),
        (#"{"data":{"getAuditLogs":{"auditLogs":[{},7]}}}"#, "auditLogs[1] has the wrong type"),
        (#"{"data":{"getAuditLogs":{"auditLogs":[{"actorEmail":7}]}}}"#, "auditLogs[0].actorEmail has the wrong type"),
        (#"{"data":{"getAuditLogs":{"auditLogs":[null]}},"errors":[{"message":"no"}]}"#, "errors"),
        (#"{"data":{"getAuditLogs":{"auditLogs":[{},]}}}"#, "not JSON"),
        (#"{"data":{"getAuditLogs":{"auditLogs":[,{}]}}}"#, "not JSON"),
        (#"{"data":{"getAuditLogs":{"auditLogs":[{}{}]}}}"#, "not JSON"),
        (#"{"data":{"getAuditLogs":{"auditLogs":[{"a":1]}]}}}"#, "not JSON"),
        (#"{"data":{"getAuditLogs":{"auditLogs":[}]}}}"#, "not JSON"),
        (#"{"data":{"getAuditLogs":{"auditLogs":[{"a":"\#u{1}"}]}}}"#, "not JSON"),
        (#"{"data":{"getAuditLogs":{"auditLogs":[{}],"auditLogs":[{}]}}}"#, "twice"),
        (#"{"data":{"getAuditLogs":{"auditLogs":[{}]}},"d\u0061ta":{}}"#, "twice"),
        (#"{"data":{"getAuditLogs":{"auditLogs":[]}}}}"#, "not JSON"),
        (#"{"data":{"getAuditLogs":{"auditLogs":[]}}} {}"#, "not JSON"),
        (#"{"data":{"getAuditLogs":{"auditLogs":[{"a":1e}]}}}"#, "not JSON"),
        (#"{"data":{"getAuditLogs":{"auditLogs":[{"a":"\ud8"}]}}}"#, "not JSON"),
        (#"{"data":{"getAuditLogs":{"auditLogs":[\#(nested("[", "}"))]}}}"#, "not JSON"),
        (#"{"extensions":1e999,"errors":[{"extensions":{"cost":99999999999999999999},"message":"no"}]}"#, "errors"),
        (#"{"extensions":1e999,"data":{"getAuditLogs":{"ok":false}}}"#, "ok: false"),
        (#"{"extensions":1e999,"data":{"getAuditLogs":[\#(nested())]}}"#, "data.getAuditLogs has the wrong type"),
        (#"{"extensions":1e999,"data":{},"data":{}}"#, "in which data comes twice"),
    ]

    private static func nested(_ opening: String = "[", _ closing: String = "]") -> String {
        String(repeating: opening, count: 50_000) + String(repeating: closing, count: 50_000)
    }

    /// Members of events, and why an event with them in a place that is used makes the log unusable.
    static let faults = [
        (#""actorEmail":7"#, "auditLogs[1].actorEmail has the wrong type"),
        (#""actorEmail":99999999999999999999"#, "auditLogs[1].actorEmail has the wrong type"),
        (#""actorEmail":"a\u0000@b.io""#, "in which data.getAuditLogs.auditLogs[1].actorEmail has a NUL character"),
        (#""actorEmail":"\ud800@b.io""#, "auditLogs[1].actorEmail has half of a surrogate pair"),
        (#""actorEmail":"a@b.io","actor\u0045mail":"c@d.io""#, "auditLogs[1].actorEmail comes twice"),
        (#""createdDttm":"2026-01-01T00:00:00Z","createdDttm":null"#, "auditLogs[1].createdDttm comes twice"),
        (#""eventType":{}"#, "auditLogs[1].eventType has the wrong type"),
        (#""eventType":"\uDC00\uD800""#, "auditLogs[1].eventType has half of a surrogate pair"),
        (#""workspaceId":1e400"#, "auditLogs[1].workspaceId has the wrong type"),
        (#""workspaceId":1.0"#, "auditLogs[1].workspaceId has the wrong type"),
        (#""workspaceName":[]"#, "auditLogs[1].workspaceName has the wrong type"),
    ]

    @Test(arguments: faults)
    func `a fault in what is used is named with its event`(members: String, reason: String) {
        let failure = #expect(throws: UnusableAuditLog.self) { try read(Self.response("{}", "{\(members)}")) }
        #expect(failure?.reason.contains(reason) == true, "\(failure?.reason ?? "none")")
    }

    /// What the grammar of JSON allows, and programs read differently.
    static let strange = [
        "99999999999999999999999", "-18446744073709551616", "1e400", "-1E-9999", #""\ud800""#, #""\udc00 \u0000""#,
        #"{"a":1,"a":2}"#, #"{"\ud800":1,"":{"":{}}}"#, nested(), nested(#"{"a":["#, "]}").replacing("[]", with: "[1]"),
        " [ 1 , { } ] ",
    ]

    @Test(arguments: strange)
    func `what is not used may be anything that is JSON`(value: String) throws {
        let event = Self.event(7, "a@b.io", "2026-01-02T00:00:00Z")
        let strange = event.replacing("null}", with: "\(value),\"more\":\(value)}")
        let response =
            #"{"extensions":\#(value),"data":{"getAuditLogs":{"cost":\#(value),"ok":true,"auditLogs":["#
            + [strange, event, #"{"id":\#(value),"actorUserId":\#(value),"createdDttm":\#(value)}"#].joined(
                separator: ",")
            + #"]},"other":\#(value)},"last":\#(value)}"#
        let log = try read(response).activity
        #expect(log.events == 3 && log.people["a@b.io"]?.events == 2 && log.withIDOnly == 1)
        #expect(log.repeated == 1 && log.withoutID == 1 && log.unreadableTimes == 1)
        #expect(log.people["a@b.io"]?.last == EventTime("2026-01-02T00:00:00Z"))
    }

    @Test func `an id of a workspace beyond 64 bits is not rounded`() throws {
        let event = { (id: String) in #"{"workspaceId":\#(id),"workspaceName":"W\#(id.suffix(1))"}"# }
        for digits in ["1844674407370955161", "9999999999999999999999"] {
            let log = try read(Self.response(event(digits + "4"), event(digits + "5")), workspace: "W5").activity
            #expect(log.events == 1 && log.ofOtherWorkspaces == 1, "\(digits)")
        }
    }

    /// The log counts as one batch or as one for each event, and a batch is read in one of two ways.
    @Test func `one strange event does not change how the others are read`() throws {
        let events = (1...40).map { Self.event($0 % 7, "a\($0 % 5)@b.io", "2026-01-0\(1 + $0 % 9)T00:00:00Z") }
        let usual = try read(Self.response(events.joined(separator: ","))).activity
        let strange = events[0].replacing("null}", with: "1e999}")
        let read = try read(Self.response(([strange] + events.dropFirst()).joined(separator: ","))).activity
        #expect(read.people == usual.people && read.repeated == usual.repeated && read.types == usual.types)
    }

    @Test func `an event and what is around the events have a maximum length`() throws {
        for (response, words) in [
            (Self.response("{}", #"{"a":"\#(String(repeating: "x", count: 100))"}"#), "an event of more than 99 bytes"),
            (#"{"a":"\#(String(repeating: "x", count: 100))"}"#, "more than 99 bytes besides events"),
        ] {
            var scanner = AuditLogScanner(batchSize: 1, longest: 99) { _, _ in 1 }
            let failure = #expect(throws: UnusableListing.self) {
                for byte in response.utf8 { try withUnsafeBytes(of: byte) { try scanner.take($0) } }
                _ = try scanner.finish()
            }
            guard case .shape(let reason)? = failure else {
                Issue.record("\(String(describing: failure))")
                continue
            }
            #expect(reason.contains(words), "\(reason)")
        }
    }

    @Test(arguments: unusable)
    func `a log that cannot be read completely is not used`(response: String, reason: String) {
        let failure = #expect(throws: UnusableAuditLog.self) { try read(response) }
        #expect(failure?.reason.contains(reason) == true, "\(failure?.reason ?? "none")")
    }

    /// A response with everything that could mislead a scanner.
    private static let tricky =
        #"{ "extensions" : {"cost":{"auditLogs":[{"id":99}]}},"data":{"other":[{"auditLogs":[{}]}],"get\u0041uditLogs":"#
        + #"{"x":"\"auditLogs\":[","auditLogs" : ["#
        + event(1, "a@b.io", "2026-01-01T00:00:00Z", type: #"} ] , { \" [ \\"#) + " ,\n"
        + #"{"id":2,"actorEmail":"\u0061@b.io","eventType":"\\\"","metadataJson":"{\"a\": [1, {\"b\": \"]}\"}]}","n":[[],{"o":{}}]}"#
        + " , {} ,"
        + event(3, "c@d.io", "2026-01-02T00:00:00Z", type: "é🦊") + #" ], "y":[1,{}]}}, "z":[] }"#

    private func scan(_ pieces: [ArraySlice<UInt8>], batchSize: Int = 1) throws -> [JSONValue] {
        final class Found { var elements: [JSONValue] = [] }
        let found = Found()
        var scanner = AuditLogScanner(batchSize: batchSize) { batch, before throws(UnusableListing) in
            #expect(before == found.elements.count)
            guard case .array(let elements)? = try? JSONDocument(batch).root else { throw .notJSON }
            found.elements += elements
            return elements.count
        }
        for piece in pieces { try piece.withUnsafeBytes { try scanner.take($0) } }
        guard let root = try? JSONDocument(try scanner.finish()).root else { throw UnusableListing.notJSON }
        #expect(root["data"]?["getAuditLogs"]?["auditLogs"] == .array([]))
        #expect(root["extensions"]?["cost"]?["auditLogs"] == .array([.object(["id": .integer(99)])]))
        return found.elements
    }

    @Test func `a response is the same, wherever it is cut`() throws {
        let bytes = Array(Self.tricky.utf8)
        guard case .array(let wanted)? = try JSONDocument(bytes).root["data"]?["getAuditLogs"]?["auditLogs"] else {
            Issue.record("no events")
            return
        }
        #expect(wanted.count == 4)
        for place in bytes.indices {
            #expect(try scan([bytes[..<place], bytes[place...]]) == wanted, "cut at \(place)")
        }
        var random = SystemRandomNumberGenerator()
        for _ in 0..<1000 {
            let cuts = (0..<Int.random(in: 0...20, using: &random)).map { _ in
                Int.random(in: 0...bytes.count, using: &random)
            }
            let ends = [0] + cuts.sorted() + [bytes.count]
            let pieces = zip(ends, ends.dropFirst()).map { bytes[$0..<$1] }
            #expect(try scan(pieces, batchSize: Int.random(in: 1...400, using: &random)) == wanted, "\(ends)")
        }
    }

    @Test func `a response that ends early is no log`() throws {
        let bytes = Array(Self.tricky.utf8)
        for count in bytes.indices.dropLast() {
            #expect(throws: UnusableListing.self, "\(count)") { try scan([bytes[..<count]]) }
        }
    }

    /// Requests a log.
    private func request(
        _ answers: [Result<TransportResponse, TransportFailure>]
    ) async throws -> (failure: ListingFailure?, seen: [TransportRequest]) {
        let transport = ScriptedTransport(answers)
        let client = WorkspaceClient(
            endpoint: try Endpoint("https://api.acme.io/graphql"),
            credentials: try Credentials(key: "key-1234", secret: "s3cret-value"), transport: transport,
            clock: InstantClock())
        let path = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
        var failure: ListingFailure?
        do throws(ListingFailure) {
            _ = try await client.auditLog(to: path, workspace: nil, after: Self.receivedAt)
        } catch { failure = error }
        #expect(!FileManager.default.fileExists(atPath: path), "something was left behind")
        return (failure, transport.seen)
    }

    @Test func `a log that is too long, or too slow, is not used and leaves nothing behind`() async throws {
        let long = try await request([.failure(.tooLong(limit: WorkspaceClient.auditLogBytes))])
        #expect(
            long.failure
                == .unusable(reason: "api.acme.io: the response exceeds 4000000000 bytes and was not read"))
        #expect(long.seen.map(\.maxBytes) == [WorkspaceClient.auditLogBytes])
        // It is not requested again: the time is used up.
        let slow = try await request([.failure(.timedOut(after: .seconds(120)))])
        #expect(slow.failure == .unreachable(reason: "api.acme.io: no response within 120 s"))
        #expect(slow.seen.count == 1)
        let lost = try await request(Array(repeating: .failure(.lost(reason: "gone")), count: 3))
        #expect(lost.failure == .unreachable(reason: "api.acme.io: gone") && lost.seen.count == 3)
    }

    @Test func `a log whose end does not come within the timeout is not used`() async throws {
        let begin = "HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n" + Self.response("{}").prefix(40)
        try await ScriptedServer.run([.send(begin, thenClose: false)]) { server, url in
            let client = WorkspaceClient(
                endpoint: try Endpoint(url), credentials: try Credentials(key: "key-1234", secret: "s3cret-value"),
                listingTimeout: .seconds(1), version: "1.2")
            let path = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
            var failure: ListingFailure?
            do throws(ListingFailure) {
                _ = try await client.auditLog(to: path, workspace: nil, after: Self.receivedAt)
            } catch { failure = error }
            try await client.shutdown()
            guard case .unreachable(let reason)? = failure else {
                Issue.record("\(String(describing: failure))")
                return
            }
            #expect(reason.contains("no response within 1 s") && server.requests.count == 1, "\(reason)")
            #expect(!FileManager.default.fileExists(atPath: path))
        }
    }

    @Test func `a response that is stored has a maximum length, too`() async throws {
        try await ScriptedServer.run([.flood(300_000)]) { _, url in
            let path = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
            let file = try ResponseFile(path: path)
            defer { unlink(path) }
            let transport = try PooledTransport.to(url)
            var request = TransportRequest(body: Array("{}".utf8), timeout: .seconds(30), maxBytes: 100_000)
            request.take = { file.take($0) }
            var failure: TransportFailure?
            do throws(TransportFailure) { _ = try await transport.post(request) } catch { failure = error }
            try await transport.shutdown()
            guard case .tooLong(limit: 100_000)? = failure else {
                Issue.record("\(String(describing: failure))")
                return
            }
            #expect(file.count <= 100_000 && file.problem == nil)
        }
    }

    @Test func `a set of integers knows what it has seen`() {
        var set = IntegerSet()
        for number in [0, 63, 64, -1, -64, -65, .max, .min] {
            let insertions = [set.insert(number), set.insert(number)]
            #expect(insertions == [true, false], "\(number)")
        }
    }
}

extension Activity.Person {
    fileprivate init(events: Int, last: EventTime?, undated: Int) {
        self.init()
        (self.events, self.last, self.undated) = (events, last, undated)
    }
}
