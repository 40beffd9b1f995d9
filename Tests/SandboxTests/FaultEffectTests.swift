import Testing

@testable import Sandbox

/// What each fault sends, and whether the change took effect all the same.
@Suite struct FaultEffectTests {
    private static let invite = "mutation { inviteUser(email: \"a@acme.io\", accountType: ADMIN) { ok } }"
    private static let list = "{ listUsers { ok activeUsers { name } invitedUsers { email } } }"

    struct Effect: Sendable, CustomTestStringConvertible {
        var fault: String
        var status = 200
        var text: String
        var isJSON = true
        var tookEffect = false
        var ending = Reply.Ending.answered
        var testDescription: String { fault }
    }

    private static let effects = [
        Effect(fault: "500", status: 500, text: #"{"errors":[{"message":"Internal server error"}]}"#),
        Effect(fault: "502", status: 502, text: page("502 Bad Gateway"), isJSON: false),
        Effect(fault: "503", status: 503, text: #"{"errors":[{"message":"Service unavailable"}]}"#),
        Effect(fault: "429", status: 429, text: #"{"errors":[{"message":"Too many requests"}]}"#),
        Effect(fault: "html", text: page("Sign in"), isJSON: false),
        Effect(fault: "reset", text: "", isJSON: false, ending: .reset),
        Effect(fault: "lost", text: done, tookEffect: true, ending: .closed),
        Effect(fault: "slow", text: done, tookEffect: true),
        Effect(fault: "notok", text: #"{"data":{"inviteUser":{"ok":false}}}"#),
        Effect(
            fault: "error",
            text: #"{"data":null,"errors":[{"message":"Internal error, please try again","#
                + #""locations":[{"line":1,"column":12}],"path":["inviteUser"]}]}"#),
        Effect(fault: "cut", text: #"{"data":{"inviteUs"#, isJSON: false, tookEffect: true),
        Effect(fault: "stale", text: done, tookEffect: true),
    ]
    private static let done = #"{"data":{"inviteUser":{"ok":true}}}"#

    private static func page(_ title: String) -> String {
        "<!DOCTYPE html><html><head><title>\(title)</title></head><body><h1>\(title)</h1></body></html>"
    }

    @Test(arguments: effects)
    func `a mutation is let down`(effect: Effect) throws {
        let desk = try Desk(faults: effect.fault + "=1")
        let before = Snapshot(desk.state)
        let answer = desk.ask(Self.invite)
        #expect(answer.status == effect.status)
        #expect(answer.text == effect.text)
        #expect(answer.isJSON == effect.isJSON)
        let isPage = answer.text.hasPrefix("<")
        #expect(answer.reply.contentType == (isPage ? "text/html; charset=utf-8" : "application/json; charset=utf-8"))
        #expect(answer.reply.retryAfter == (effect.fault == "429" ? "1" : nil))
        #expect(answer.reply.ending == effect.ending)
        #expect(answer.reply.delay == (effect.fault == "slow" ? SandboxOptions().slow : .zero))
        #expect((Snapshot(desk.state) != before) == effect.tookEffect)
        #expect(Answer(desk.endpoint.get("/__sandbox/requests")).text.contains("\"faults\": {\"\(effect.fault)\": 1}"))
    }

    @Test func `every fault is in the table`() {
        #expect(Set(Self.effects.map(\.fault)) == Set(Fault.allCases.map(\.rawValue)))
    }

    @Test(arguments: Fault.allCases)
    func `a listing is let down only where the plan says so`(fault: Fault) throws {
        let plain = try Desk().ask(Self.list).text
        let spared = try Desk(faults: "\(fault.rawValue)=1")
        #expect(spared.ask(Self.list).text == plain)
        #expect(Answer(spared.endpoint.get("/__sandbox/requests")).text.contains("\"faults\": {}"))

        let answer = try Desk(faults: "\(fault.rawValue)@all=1").ask(Self.list)
        switch fault {
        case .lost, .slow, .stale: #expect(answer.text == plain)
        case .cut: #expect(plain.hasPrefix(answer.text) && !answer.isJSON)
        default: #expect(!answer.text.contains("Ada Admin"))
        }
    }

    @Test func `a stale listing shows the workspace as it was at first`() throws {
        let desk = try Desk(faults: "stale@all=1")
        let before = desk.ask(Self.list).text
        #expect(desk.ask(Self.invite).text == Self.done)
        #expect(desk.ask(Self.list).text == before)
    }

    @Test func `a listing that is not ok is empty, and an error has no data`() throws {
        #expect(
            try Desk(faults: "notok@all=1").ask(Self.list).text
                == #"{"data":{"listUsers":{"ok":false,"activeUsers":[],"invitedUsers":[]}}}"#)
        #expect(
            try Desk(faults: "error@all=1").ask(Self.list).text
                == #"{"data":null,"errors":[{"message":"Internal error, please try again"}]}"#)
    }

    @Test func `about as many requests are let down as ordered, the same ones every time`() throws {
        let runs = try (0..<2).map { _ in
            let desk = try Desk(faults: "500=0.25,lost=0.25")
            return (0..<400).map { number in
                let answer = desk.ask("mutation { disableUser(uid: \"\(number)\") { ok } }")
                return "\(answer.status) \(answer.reply.ending)"
            }
        }
        #expect(runs[0] == runs[1])
        #expect((80...120).contains(runs[0].count { $0 == "500 answered" }))
        #expect((80...120).contains(runs[0].count { $0 == "200 closed" }))
    }
}
