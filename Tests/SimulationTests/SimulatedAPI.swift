import Domain
import Foundation
import WorkspaceAPI

/// The API of a scenario: who was invited when, how often each was mailed by the program, and the faults.
final class SimulatedAPI: @unchecked Sendable {
    let scenario: Scenario
    let loop: SimulationLoop
    private var random: SeededGenerator
    /// When each address came into the workspace.
    private(set) var invitedAt: [String: Duration] = [:]
    /// When a colleague was first to invite somebody.
    private var invitedByHand: [String: Duration] = [:]
    /// How many emails the program's requests have caused, and a colleague's that the program could have seen.
    private(set) var mails: [String: Int] = [:]
    /// The runs whose requests have changed something about an address.
    private(set) var effects: [String: Set<Int64>] = [:]
    private(set) var trace: [String] = []
    private(set) var listings = 0
    let isTraced: Bool
    /// Nothing goes wrong any more.
    var isHealthy = false
    /// Whether a process knows of an invitation that it has sent.
    private var hasSaidOK = false

    init(_ scenario: Scenario, on loop: SimulationLoop, isTraced: Bool) {
        self.scenario = scenario
        self.loop = loop
        self.isTraced = isTraced
        random = SeededGenerator(seed: scenario.seed ^ 0xa91_7a91)
    }

    func note(_ text: @autoclosure () -> String) {
        guard isTraced else { return }
        trace.append(String(format: "%8.2f  ", Double(loop.now / .milliseconds(10)) / 100) + text())
    }

    /// Somebody invites by hand.
    func inviteByHand(_ email: String) {
        note("a colleague invites \(email)")
        guard invitedAt[email] == nil else { return }
        invitedAt[email] = loop.now
        invitedByHand[email] = loop.now
    }

    // MARK: Requests

    /// What one mutation asks for.
    private struct Wish {
        var field: String
        var email: String
        var isRefused: Bool
    }

    func answer(_ body: [UInt8], of process: SimulatedProcess) async throws(TransportFailure) -> TransportResponse {
        let object = (try? JSONSerialization.jsonObject(with: Data(body))) as? [String: Any] ?? [:]
        let variables = object["variables"] as? [String: String] ?? [:]
        if variables.isEmpty { return try await list(of: process) }
        return try await mutate(wishes(variables), of: process)
    }

    private func wishes(_ variables: [String: String]) -> [Wish] {
        let single = variables["email"].map { [("inviteUser", $0)] }
        let many = (0..<variables.count).compactMap { index in
            variables["email\(index)"].map { ("o\(index)", $0) }
        }
        return (single ?? many).map { field, email in
            let number = Int(email.drop { !$0.isNumber }.prefix(while: \.isNumber)) ?? 0
            return Wish(field: field, email: email, isRefused: number <= scenario.refusedRows)
        }
    }

    private func list(of process: SimulatedProcess) async throws(TransportFailure) -> TransportResponse {
        listings += 1
        await loop.sleep(random.seconds(0.05...0.4))
        var behind = isHealthy ? .zero : random.seconds(0...max(0.001, scenario.lag))
        if !isHealthy, hasSaidOK, loop.now.inSeconds < scenario.frozen { behind = loop.now }
        let shown = invitedAt.filter { $0.value <= loop.now - behind }.keys.sorted()
        note("\(process.name) lists, \(behind.inSeconds.shown) s behind: \(shown.map(Self.short))")
        let users = shown.map { #"{"email":"\#($0)","accountType":"DEVELOPER","inviteStatus":"SENT"}"# }
        let body =
            #"{"data":{"listUsers":{"ok":true,"activeUsers":[],"invitedUsers":[\#(users.joined(separator: ","))]}}}"#
        return response(200, body)
    }

    private func mutate(
        _ wishes: [Wish], of process: SimulatedProcess
    ) async throws(TransportFailure) -> TransportResponse {
        let fault = draw()
        let names = wishes.map { Self.short($0.email) }.joined(separator: " ")
        note("\(process.name) sends \(names): \(fault?.rawValue ?? "ok")")
        guard let fault else {
            await loop.sleep(random.seconds(0.02...0.3))
            let fields = wishes.map { wish in
                wish.isRefused ? refusal(wish) : carryOut(wish, of: process)
            }
            return answer(fields)
        }
        let effect = effects(of: wishes, ending: fault, of: process)
        if effect.isLate {
            for (wish, delay) in effect.wishes { loop.after(delay) { _ = self.carryOut(wish, of: process) } }
        }
        await loop.sleep(fault == .silence ? process.timeout : random.seconds(0.02...0.5))
        if !effect.isLate { for (wish, _) in effect.wishes { _ = carryOut(wish, of: process) } }
        return try ending(fault, wishes)
    }

    private func draw() -> Fault? {
        let now = loop.now.inSeconds
        if isHealthy { return nil }
        if let outage = scenario.outage, (outage.from...outage.from + outage.length).contains(now) {
            return outage.fault
        }
        return random.happens(Double(scenario.faultRate) / 100) ? random.element(of: scenario.faults) : nil
    }

    /// Which of the wishes take effect although the request fails, and when.
    private func effects(
        of wishes: [Wish], ending fault: Fault, of process: SimulatedProcess
    ) -> (isLate: Bool, wishes: [(Wish, Duration)]) {
        guard fault.mayTakeEffect, random.happens(0.6) else { return (false, []) }
        let isLate = fault.mayTakeEffectLater && random.happens(0.5)
        // A batch is carried out in its order, and may end in the middle.
        let some = wishes.filter { !$0.isRefused }.prefix(wishes.count == 1 ? 1 : 1 + random.below(wishes.count))
        return (isLate, some.map { ($0, isLate ? random.seconds(0...scenario.slowness) : .zero) })
    }

    private enum Field {
        case ok(Wish)
        case refused(Wish, String)
    }

    private func refusal(_ wish: Wish) -> Field { .refused(wish, "\(wish.email) is on the block list") }

    private func carryOut(_ wish: Wish, of process: SimulatedProcess) -> Field {
        let email = wish.email
        if invitedAt[email] != nil {
            switch scenario.secondInvite {
            case .refuses: return .refused(wish, "User has already been invited")
            case .ok: return .ok(wish)
            case .mailsAgain: break
            }
        }
        note("\(Self.short(email)) is mailed for \(process.name)")
        if invitedAt[email] == nil { invitedAt[email] = loop.now }
        let byHand = invitedByHand[email].map { $0 + .seconds(scenario.lag) < process.startedAt } ?? false
        mails[email, default: 0] += byHand ? 2 : 1
        effects[email, default: []].insert(process.run)
        return .ok(wish)
    }

    // MARK: Answers

    private func answer(_ fields: [Field]) -> TransportResponse {
        var data: [String] = []
        var errors: [String] = []
        for field in fields {
            switch field {
            case .ok(let wish):
                hasSaidOK = true
                data.append(#""\#(wish.field)":{"ok":true}"#)
            case .refused(let wish, let reason):
                data.append(#""\#(wish.field)":null"#)
                errors.append(#"{"message":"\#(reason)","path":["\#(wish.field)"]}"#)
            }
        }
        let end = errors.isEmpty ? "" : #","errors":[\#(errors.joined(separator: ","))]"#
        return response(200, #"{"data":{\#(data.joined(separator: ","))}\#(end)}"#)
    }

    private func ending(_ fault: Fault, _ wishes: [Wish]) throws(TransportFailure) -> TransportResponse {
        let first = wishes[0].field
        let oneOK = #""\#(first)":{"ok":true}"#
        let others = wishes.dropFirst().map { #","\#($0.field)":null"# }.joined()
        switch fault {
        case .connectionRefused: throw .neverSent(reason: "connection refused")
        case .tooMany: return response(429, "no")
        case .tooManyWithTime: return response(429, "no", "Retry-After: \(1 + random.below(20))")
        case .unauthorized: return response(401, "no")
        case .badRequest: return response(400, #"{"errors":[{"message":"bad"}]}"#)
        case .tooLarge: return response(413, "too large")
        case .notOK:
            return response(
                200, #"{"data":{\#(wishes.map { #""\#($0.field)":{"ok":false}"# }.joined(separator: ","))}}"#)
        case .namedError:
            let errors = wishes.map { #"{"message":"Seat limit reached","path":["\#($0.field)"]}"# }
            return response(200, #"{"data":null,"errors":[\#(errors.joined(separator: ","))]}"#)
        case .inputCode:
            return response(
                200, #"{"data":null,"errors":[{"message":"x","extensions":{"code":"BAD_USER_INPUT"}}]}"#)
        case .inputCodeAlone:
            return response(200, #"{"errors":[{"message":"x","extensions":{"code":"BAD_USER_INPUT"}}]}"#)
        case .paymentRequired: return response(402, "pay")
        case .forbidden: return response(403, "<html><title>Blocked</title>")
        case .notFound: return response(404, "no such page")
        case .unprocessable: return response(422, "no")
        case .redirect: return response(302, "", "Location: https://elsewhere.example.com/")
        case .page: return response(200, "<html><title>Maintenance</title>")
        case .signInPage: return response(200, "<html><title>Sign in</title>")
        case .requestTimeout: return response(408, "no")
        case .internalError: return response(500, #"{"errors":[{"message":"Internal server error"}]}"#)
        case .badGateway: return response(502, "<html><title>Bad gateway</title>")
        case .unavailable: return response(503, "no")
        case .unavailableWithTime: return response(503, "no", "Retry-After: 5")
        case .gatewayTimeout: return response(504, "no")
        case .dataNull: return response(200, #"{"data":null,"errors":[{"message":"boom"}]}"#)
        case .errorWithoutCode:
            return response(200, #"{"errors":[{"message":"boom"}],"data":{"\#(first)":null\#(others)}}"#)
        case .errorWithoutData: return response(200, #"{"errors":[{"message":"boom"}]}"#)
        case .okAndError where wishes.count == 1:
            return response(200, #"{"data":{\#(oneOK)},"errors":[{"message":"mail"}]}"#)
        case .okAndError, .otherShape: return response(200, #"{"data":{"\#(first)":{"ok":1}\#(others)}}"#)
        case .cutShort: return response(200, #"{"data":{"\#(first)":{"#)
        case .emptyBody: return response(200, "")
        case .reset: throw .lost(reason: "the connection was reset")
        case .silence: throw .timedOut(after: .seconds(30))
        case .throttledMessage: return response(200, #"{"errors":[{"message":"Too many requests"}]}"#)
        case .throttledCode:
            return response(
                200, #"{"data":null,"errors":[{"message":"x","extensions":{"code":"RATE_LIMIT_EXCEEDED"}}]}"#)
        case .partialData, .partialDataUnder400:
            // The first one was carried out, and the answer says so; of the others it says nothing.
            let status = fault == .partialData ? 200 : 400
            let isDone = invitedAt[wishes[0].email] != nil
            let data = isDone ? oneOK : #""\#(first)":null"#
            return response(status, #"{"data":{\#(data)\#(others)},"errors":[{"message":"boom"}]}"#)
        }
    }

    private func response(_ status: Int, _ body: String, _ header: String = "") -> TransportResponse {
        TransportResponse(status: status, head: header, body: ResponseBody(Data(body.utf8)))
    }

    /// `p3` of `p3@acme.io`.
    static func short(_ email: String) -> String { String(email.prefix { $0 != "@" }) }
}

extension Double {
    fileprivate var shown: String { String(format: "%.1f", self) }
}
