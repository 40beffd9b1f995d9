import Foundation
import Hashing
import Testing

/// Folders that were falsified by somebody who mends every checksum. The folder alone shows what contradicts its raw
/// responses and completed files; a hash from outside and the author's ledger show everything.
@Suite(.waiting) struct ForgeryTests {
    /// What is done to a folder, and what `verify` says about it.
    struct Case: CustomTestStringConvertible, Sendable {
        var testDescription: String
        /// What the folder alone shows; empty if it shows nothing, so that only the claims say what is not provable.
        var sentences: [String]
        var edit: @Sendable (Resealing) throws -> Void

        init(_ name: String, _ sentences: String..., edit: @escaping @Sendable (Resealing) throws -> Void) {
            testDescription = name
            self.sentences = sentences
            self.edit = edit
        }

        /// A folder that agrees with itself.
        static func unprovable(_ name: String, edit: @escaping @Sendable (Resealing) throws -> Void) -> Case {
            var forgery = Case(name, edit: edit)
            forgery.sentences = []
            return forgery
        }
    }

    private let rollcall: Rollcall

    /// They are made once for all cases.
    private static let folders = Result { try ForgedFolders() }

    init() throws {
        rollcall = try Rollcall()
        // With the ledger of the author.
        try rollcall.shell("cp -r \(Self.folders.get().rollcall.folder.path)/. .")
    }

    /// Checks what a falsified folder shows by itself, by the hash that its ticket has, and by the ledger of its author.
    private func expectFound(_ name: String, _ forgery: Case) throws {
        let folder = Resealing(rollcall: rollcall, folder: name)
        let hash = try folder.evidenceHash()
        try folder.reseal(forgery.edit)
        let alone = try rollcall.run("verify", name, "--no-ledger")
        #expect(!alone.all.contains("was changed after it was written"), "the hashes were not mended: \(alone.all)")
        if forgery.sentences.isEmpty {
            #expect(alone.status == 0, "the folder shows it, contrary to the test: \(alone.all)")
            #expect(
                alone.all.flat.contains(
                    #/not shown +Not provable from this folder: .*and, unless a claim above anchors it: .* the one that was written first/#
                ), "\(alone.all)")
        } else {
            #expect(alone.status == 1, "\(alone.all)")
        }
        for sentence in forgery.sentences { #expect(alone.all.flat.contains(sentence), "\(alone.all)") }
        // Each of the two shows it.
        let known = try rollcall.run("verify", name, "--expect", hash)
        #expect(known.status == 1, "\(known.all)")
        #expect(
            known.all.flat.contains("FAILED no checksums in this folder have the given hash \(hash)"), "\(known.all)")
        #expect(
            known.all.flat.contains(
                #/FAILED the ledger of this machine knows (review [^ ]+ with another SHA256SUMS|these with another hash)/#
            ),
            "\(known.all)")
    }

    @Test(arguments: ["q3", "q4", "exported", "texts"])
    func `what was not touched is verified`(folder: String) throws {
        let hash = try Resealing(rollcall: rollcall, folder: folder).evidenceHash()
        // The ledger knows that the decisions of the exported review were applied later.
        let ledger = folder == "exported" ? ["--no-ledger"] : []
        let run = try rollcall.start(["verify", folder, "--expect", hash] + ledger).wait()
        #expect(run.status == 0, "\(run.all)")
        #expect(run.all.flat.contains("follows from answer.json and history.json, byte by byte"), "\(run.all)")
        #expect(!run.all.contains("gone afterwards"), "\(run.all)")
    }

    @Test(arguments: review)
    func `a falsified review is found`(forgery: Case) throws { try expectFound("exported", forgery) }

    @Test(arguments: remediation)
    func `a falsified remediation is found`(forgery: Case) throws { try expectFound("q4", forgery) }

    @Test(arguments: undo)
    func `a falsified undo list is found`(forgery: Case) throws { try expectFound("q3", forgery) }

    @Test(arguments: texts)
    func `a review that is falsified in all of its files is found`(forgery: Case) throws {
        try expectFound("texts", forgery)
    }

    /// Reviews of every kind, and what their page can be made with.
    @Test(arguments: [
        "--format csv", "--excel --format csv,xlsx", "--all-workspaces", "--split-by domain", "--split-by who.csv",
        "--templates own", "--format html,md,vanta,entra", "--reviewer Grace --due 2030-01-01",
    ])
    func `an honest folder of any kind is verified`(options: String) throws {
        try rollcall.write("email,reviewer\nada.admin@acme.io,Grace Hopper\n", to: "who.csv")
        try rollcall.shell("mkdir own && echo 'body { color: black }' > own/style.css")
        let words = options.split(separator: " ").map(String.init)
        for folder in ["first", "second"] {
            let made = try rollcall.start(["review", "--sandbox", "--out", folder, "--review-id", folder] + words)
                .wait()
            try #require(made.status == 0, "\(made.errors)")
            let run = try rollcall.run("verify", folder)
            #expect(run.status == 0, "\(run.all)")
            #expect(run.all.flat.contains("follows from answer.json and history.json, byte by byte"), "\(run.all)")
        }
        guard options.contains("own") else { return }
        let folder = Resealing(rollcall: rollcall, folder: "second")
        try folder.reseal { try $0.replace("black", by: "white", in: "template-style.css") }
        let run = try rollcall.run("verify", "second")
        #expect(run.status == 1 && run.all.contains("review.html differs"), "\(run.all)")
    }

    /// Builds of different commits have the same version.
    @Test func `a difference names another build that may have written the file`() throws {
        try rollcall.shell("cp -r exported other-build")
        let folder = Resealing(rollcall: rollcall, folder: "other-build")
        try folder.reseal { folder in
            try folder.editRecord("evidence.json") { record in
                var provenance = record["provenance"] as? [String: Any] ?? [:]
                var program = provenance["program"] as? [String: Any] ?? [:]
                program["commit"] = "0123456789abcdef0123456789abcdef01234567"
                provenance["program"] = program
                record["provenance"] = provenance
            }
        }
        let same = try rollcall.run("verify", "other-build", "--no-ledger")
        #expect(same.all.flat.contains("byte by byte"), "\(same.all)")
        #expect(!same.all.flat.contains("the record names rollcall"), "\(same.all)")
        try folder.reseal { try $0.replace("Account type", by: "Kind of account", in: "review.html") }
        let run = try rollcall.run("verify", "other-build", "--no-ledger")
        let remark = "the record names rollcall 0.1.0 (commit 0123456789ab) as the writer"
        #expect(run.status == 1 && run.all.flat.contains(remark), "\(run.all)")
    }

    @Test func `a falsified predecessor beside the folder is found`() throws {
        try Resealing(rollcall: rollcall, folder: "q3").reseal { folder in
            try folder.replace("Grace Hopper", by: "Eve", in: "evidence.json")
        }
        let run = try rollcall.run("verify", "exported", "--previous", "q3")
        #expect(run.status == 1, "\(run.all)")
        #expect(run.all.flat.contains("does not contain review 2026-Q3"), "\(run.all)")
        #expect(try rollcall.run("verify", "q3").status == 1)
    }

    /// A first review: no later one shows that an earlier version did not write it.
    @Test func `a folder of an earlier version says what it lacks`() throws {
        let forgery = Case.unprovable("the history and its traces are dropped from a first review") { folder in
            for name in try folder.names() where name.hasPrefix("remediation") { try folder.delete(name) }
            try folder.dropHistory()
        }
        try expectFound("q3", forgery)
        let run = try rollcall.run("verify", "q3", "--no-ledger")
        #expect(run.all.flat.contains("the folder claims to be of an earlier version and has no history.json"))
        #expect(run.all.flat.contains(#/not shown +Agrees with the raw response: only the accounts/#), "\(run.all)")
        #expect(run.all.flat.contains("nor that an earlier version wrote it"), "\(run.all)")
        #expect(!run.all.contains("nothing was changed"), "\(run.all)")
        #expect(try rollcall.run("verify", "q3", "--no-ledger", "--require-recomputed").status == 1)
    }

    /// The third review names the last link of the second one.
    @Test func `what the previous review lost since the next one is found in the next one`() throws {
        let whole = try rollcall.run("verify", "texts", "--no-ledger")
        #expect(whole.status == 0, "\(whole.all)")
        #expect(whole.all.flat.contains("the same evidence up to remediation.SHA256SUMS as when"), "\(whole.all)")
        try rollcall.shell("rm q4/remediation*")
        let alone = try rollcall.run("verify", "q4", "--no-ledger")
        #expect(alone.status == 0, "\(alone.all)")
        let next = try rollcall.run("verify", "texts", "--no-ledger")
        #expect(next.status == 1, "\(next.all)")
        #expect(next.all.flat.contains("the previous review had remediation.SHA256SUMS when this one was exported"))
        try Resealing(rollcall: rollcall, folder: "texts").reseal { folder in
            try folder.editRecord("evidence.json") { record in
                var previous = record["previous"] as? [String: Any] ?? [:]
                previous["lastLink"] = nil
                record["previous"] = previous
            }
        }
        let hidden = try rollcall.run("verify", "texts", "--no-ledger")
        #expect(hidden.status == 1 && hidden.all.contains("previous.lastLink.file is missing"), "\(hidden.all)")
    }
}

extension String {
    /// On one line: findings are wrapped.
    fileprivate var flat: String { split(whereSeparator: \.isWhitespace).joined(separator: " ") }
}
