import Foundation
import Testing

@testable import Domain

/// Groups: 1000 has the user alone, 2000 another member, nothing is known of 3000, 0 has root.
private let trust = FileTrust(
    user: 1000,
    accounts: SystemAccounts(
        userName: { [0: "root", 1000: "ada"][$0] }, groupName: { [2000: "ops"][$0] },
        members: { [0: [0], 1000: [1000], 2000: [1000, 1001], 2001: [1000, 0]][$0] ?? [] }))

@Suite struct FileTrustTests {
    private func status(
        _ kind: FileStatus.Kind, _ owner: UInt32, _ group: UInt32, _ permissions: UInt32
    ) throws -> FileStatus {
        var status = try #require(FileStatus(path: "/"))
        (status.kind, status.owner, status.group, status.permissions) = (kind, owner, group, permissions)
        return status
    }

    @Test(
        arguments: [
            (.regular, 1000, 1000, 0o600, nil), (.regular, 0, 0, 0o644, nil), (.regular, 0, 2000, 0o644, nil),
            (.regular, 1001, 1001, 0o600, .foreignOwner), (.folder, 1001, 1001, 0o1777, .foreignOwner),
            (.link, 1001, 1001, 0o777, .foreignOwner), (.link, 1000, 1000, 0o777, nil),
            (.device, 0, 0, 0o666, nil), (.pipe, 1000, 1000, 0o622, .writableByEveryone),
            (.regular, 1000, 1000, 0o602, .writableByEveryone), (.folder, 0, 0, 0o777, .writableByEveryone),
            (.folder, 0, 0, 0o1777, nil), (.folder, 0, 2000, 0o1775, nil),
            (.regular, 0, 0, 0o1666, .writableByEveryone),
            (.regular, 1000, 1000, 0o660, nil), (.folder, 1000, 2001, 0o770, nil), (.folder, 0, 0, 0o775, nil),
            (.regular, 1000, 2000, 0o660, .writableByGroup), (.folder, 1000, 2000, 0o770, .writableByGroup),
            (.regular, 1000, 3000, 0o660, .writableByGroup),
        ] as [(FileStatus.Kind, UInt32, UInt32, UInt32, UntrustedFile.Fault?)])
    func `only the user and root may be able to change a file`(
        kind: FileStatus.Kind, owner: UInt32, group: UInt32, permissions: UInt32, fault: UntrustedFile.Fault?
    ) throws {
        #expect(trust.fault(in: try status(kind, owner, group, permissions)) == fault)
    }

    @Test func `root trusts root's files only`() throws {
        var root = trust
        root.user = 0
        #expect(root.fault(in: try status(.regular, 1000, 1000, 0o600)) == .foreignOwner)
        #expect(root.fault(in: try status(.regular, 0, 1000, 0o660)) == .writableByGroup)
        #expect(root.fault(in: try status(.regular, 0, 0, 0o660)) == nil)
    }

    @Test func `a secret of the user's own must not be readable by others, as ssh demands of a private key`() throws {
        for permissions in [0o640, 0o604, 0o610, 0o644] as [UInt32] {
            #expect(trust.faultAsSecret(in: try status(.regular, 1000, 1000, permissions)) == .readable)
            #expect(trust.faultAsSecret(in: try status(.regular, 0, 0, permissions)) == nil)
        }
        #expect(trust.faultAsSecret(in: try status(.regular, 1000, 1000, 0o600)) == nil)
    }

    @Test func `a sticky folder is no place for files whose names can be guessed`() throws {
        #expect(trust.faultAsPlaceForNewFiles(in: try status(.folder, 0, 0, 0o1777)) == .openToNewFiles)
        #expect(trust.faultAsPlaceForNewFiles(in: try status(.folder, 0, 2000, 0o1775)) == .openToNewFiles)
        #expect(trust.faultAsPlaceForNewFiles(in: try status(.folder, 1000, 1000, 0o1770)) == nil)
        #expect(trust.faultAsPlaceForNewFiles(in: try status(.folder, 1001, 0, 0o755)) == .foreignOwner)
    }

    @Test(
        arguments: [
            (
                .regular, 1001, 1001, 0o600, "/f/it's", .foreignOwner,
                "is not used: it belongs to uid 1001, not to you or root; "
            ),
            (.regular, 1001, 1001, 0o600, "/f/it's", .foreignOwner, "run: sudo chown ada '/f/it'\\''s'"),
            (
                .folder, 1000, 1000, 0o777, "/f", .writableByEveryone,
                "/f/it's is not used: the folder /f can be changed by every"
            ),
            (.folder, 1000, 1000, 0o777, "/f", .writableByEveryone, "; run: chmod go-w /f"),
            (.folder, 0, 2000, 0o775, "/f", .writableByGroup, "the group ops, which is not yours alone"),
            (.folder, 0, 2000, 0o775, "/f", .writableByGroup, "; run: sudo chmod go-w /f"),
            (.regular, 1000, 1000, 0o644, "/f/it's", .readable, "; run: chmod 600 '/f/it'\\''s'"),
        ] as [(FileStatus.Kind, UInt32, UInt32, UInt32, String, UntrustedFile.Fault, String)])
    func `the message says who, and the command that puts it right`(
        kind: FileStatus.Kind, owner: UInt32, group: UInt32, permissions: UInt32, entry: String,
        fault: UntrustedFile.Fault, words: String
    ) throws {
        let sentence = trust.untrusted(fault, try status(kind, owner, group, permissions), at: entry, as: "/f/it's")
            .sentence
        #expect(sentence.contains(words), "\(sentence)")
    }

    @Test func `the system's databases know root and its group`() {
        let accounts = SystemAccounts.ofThisMachine
        #expect(accounts.userName(0) == "root")
        #expect(accounts.members(0).contains(0))
        #expect(accounts.members(4_000_000_000) == [])
        #expect(accounts.userName(4_000_000_000) == nil)
        #expect(accounts.groupName(4_000_000_000) == nil)
    }
}
