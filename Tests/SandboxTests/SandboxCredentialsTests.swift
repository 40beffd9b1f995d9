import Domain
import Testing

@testable import Sandbox

@Suite struct SandboxCredentialsTests {
    private static let viewer = ["X-API-KEY": "sandbox-viewer-key", "X-API-SECRET": "sandbox-secret"]
    private static let list = "{ listUsers { ok } }"
    private static let invite = "mutation { inviteUser(email: \"a@acme.io\", accountType: ADMIN) { ok } }"
    private static let listed = #"{"data":{"listUsers":{"ok":true}}}"#
    private static let workspace = String(repeating: "b2", count: 32)

    @Test(
        arguments: [
            Desk.fullKey, ["Authorization": "Bearer prdm_wsp_sandbox"],
            ["Authorization": "Bearer prdm_cmp_sandbox", "X-Paradime-Workspace": workspace],
        ])
    func `a key with its secret, a workspace's token and a company's may list and change`(
        credentials: [String: String]
    ) throws {
        let desk = try Desk()
        #expect(desk.ask(Self.list, as: credentials).text == Self.listed)
        #expect(desk.ask(Self.invite, as: credentials).text == #"{"data":{"inviteUser":{"ok":true}}}"#)
        #expect(desk.endpoint.company.invites == ["a@acme.io": 1])
    }

    @Test(
        arguments: [
            [:], ["X-API-KEY": "sandbox-key"], ["X-API-SECRET": "sandbox-secret"],
            ["X-API-KEY": "sandbox-key", "X-API-SECRET": "sandbox-secret2"],
            ["X-API-KEY": "sandbox-kez", "X-API-SECRET": "sandbox-secret"],
            ["X-API-KEY": "sandbox-secret", "X-API-SECRET": "sandbox-key"],
            ["Authorization": "Bearer prdm_wsp_other"], ["Authorization": "prdm_wsp_sandbox"], ["Authorization": ""],
            // A token that is wrong is not saved by a pair that is right.
            Desk.fullKey.merging(["Authorization": "Bearer prdm_wsp_other"]) { first, _ in first },
        ])
    func `anything else is refused before the body is looked at`(credentials: [String: String]) throws {
        let desk = try Desk()
        let before = Snapshot(desk.state)
        for answer in [desk.ask(Self.invite, as: credentials), desk.post([], as: credentials)] {
            #expect(answer.status == 401)
            #expect(answer.messages == ["Unauthorized: the API key, secret or token is not known"])
        }
        #expect(Snapshot(desk.state) == before)
    }

    @Test func `a viewer's key may list and not change`() throws {
        let desk = try Desk()
        let before = Snapshot(desk.state)
        #expect(desk.ask(Self.list, as: Self.viewer).text == Self.listed)
        let answer = desk.ask(Self.invite, as: Self.viewer)
        #expect(answer.status == 403)
        #expect(answer.messages == ["Forbidden: the API key cannot change users"])
        #expect(Snapshot(desk.state) == before)
    }

    @Test(arguments: [nil, "", "a1", "Acme Finance"] as [String?])
    func `a company's token needs one of its workspaces for everything but their list`(uid: String?) throws {
        let desk = try Desk()
        var company = ["Authorization": "Bearer prdm_cmp_sandbox"]
        company["X-Paradime-Workspace"] = uid
        for query in [Self.list, Self.invite, "{ listWorkspaces { ok } listUsers { ok } }"] {
            let answer = desk.ask(query, as: company)
            #expect(answer.status == 401)
            #expect(answer.messages == ["Unauthorized: X-Paradime-Workspace does not name a workspace"])
        }
        #expect(desk.state.invites.isEmpty)
        let workspaces = desk.ask("{ listWorkspaces { ok workspaces { uid } } }", as: company)
        #expect(workspaces.status == 200)
        #expect(workspaces.text.contains(Self.workspace))
    }

    @Test func `a company's token opens the workspace that it names`() throws {
        let desk = try Desk(users: 10)
        for (workspace, state) in [
            (SandboxCompany.first, desk.endpoint.company.main), (SandboxCompany.second, desk.endpoint.company.other),
        ] {
            let headers = ["Authorization": "Bearer prdm_cmp_sandbox", "X-Paradime-Workspace": workspace.uid]
            let answer = desk.ask("{ listUsers { activeUsers { email } } }", as: headers)
            for user in state.roster.active { #expect(answer.text.contains(user.email)) }
            #expect(answer.text.split(separator: "email").count - 1 == state.roster.active.count)
        }
        let shared = Set(desk.endpoint.company.main.roster.active.map(\.email))
        #expect(desk.endpoint.company.other.roster.active.allSatisfy { shared.contains($0.email) })
        #expect(desk.endpoint.company.other.roster.active.count < shared.count)
    }

    @Test func `a change in one workspace leaves the other as it is`() throws {
        let desk = try Desk()
        let before = Snapshot(desk.state)
        let headers = ["Authorization": "Bearer prdm_cmp_sandbox", "X-Paradime-Workspace": SandboxCompany.second.uid]
        #expect(desk.ask(Self.invite, as: headers).status == 200)
        #expect(Snapshot(desk.state) == before)
        #expect(desk.endpoint.company.other.invites.count == 1)
    }

    @Test func `refusals are counted`() throws {
        let desk = try Desk()
        _ = desk.ask(Self.list, as: [:])
        _ = desk.ask(Self.list, as: ["Authorization": "Bearer prdm_cmp_sandbox"])
        _ = desk.ask(Self.list)
        #expect(
            Answer(desk.endpoint.get("/__sandbox/requests")).text
                == #"{"credentialsRefused": 2, "faults": {}, "operations": {"listUsers": 1}, "rateLimited": 0}"#)
    }
}
