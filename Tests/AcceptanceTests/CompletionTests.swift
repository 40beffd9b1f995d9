import Foundation
import Testing

/// What the shells offer when somebody presses Tab.
@Suite(.waiting) struct CompletionTests {
    /// A folder with files of every kind and two runs in the ledger.
    private func program() throws -> Rollcall {
        let program = try Rollcall()
        for name in ["people.csv", "filled.xlsx", "plan.json", "notes.md"] { try program.write("", to: name) }
        try program.shell("mkdir reviews")
        let path = program.environment["PATH"] ?? ""
        program.environment["PATH"] = Rollcall.binary.deletingLastPathComponent().path + ":" + path
        return program
    }

    /// What `rollcall completion bash` prints; a debug build takes a second for it.
    private static let script = Result { try Rollcall().run("completion", "bash").output }

    /// The words that bash offers behind a line, in its order.
    private func offered(_ line: String, in program: Rollcall) throws -> [String] {
        // The last word is the one under the cursor; a blank before it begins a new one.
        let driver = """
            source rollcall.bash
            COMP_LINE=$1 COMP_POINT=${#1}
            read -ra COMP_WORDS <<< "$1"
            [[ $1 == *" " ]] && COMP_WORDS+=("")
            COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
            _rollcall rollcall "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
            printf '%s\\n' "${COMPREPLY[@]}"
            """
        try program.write(Self.script.get(), to: "rollcall.bash")
        let run = try Running(
            ["-c", driver, "bash", line], of: URL(fileURLWithPath: "/bin/bash"), folder: program.folder,
            environment: program.environment, input: nil
        ).wait()
        #expect(run.errors.isEmpty)
        return run.output.split(separator: "\n").map(String.init)
    }

    static let cases: [(line: String, words: [String])] = [
        ("rollcall rev", ["review"]),
        ("rollcall runs re", ["resume", "retry"]),
        ("rollcall help exit", ["exit-status"]),
        ("rollcall help inv", ["invite"]),
        ("rollcall invite people.csv --dry", ["--dry-run"]),
        ("rollcall invite people.csv --account-type BU", ["BUSINESS"]),
        ("rollcall review --format x", ["xlsx"]),
        ("rollcall users --color ", ["auto", "always", "never"]),
        ("rollcall users --log-level ", ["off", "debug", "trace"]),
        ("rollcall invite --encoding win", ["windows-1252"]),
        ("rollcall invite --delimiter ", ["comma", "semicolon", "tab", "pipe"]),
        ("rollcall review create --split-by ", ["accountType", "domain", "manager", "filled.xlsx", "people.csv"]),
        ("rollcall invite p", ["people.csv"]),
        ("rollcall invite people.csv --results p", ["people.csv", "plan.json"]),
        ("rollcall apply ", ["filled.xlsx", "people.csv", "plan.json", "reviews"]),
        ("rollcall verify ", ["reviews"]),
        ("rollcall review create --templates ", ["reviews"]),
        ("rollcall sandbox --fault lo", ["lost="]),
    ]

    @Test(arguments: cases)
    func `bash offers what fits`(line: String, words: [String]) throws {
        #expect(try offered(line, in: program()).sorted() == words.sorted())
    }

    @Test func `the runs are offered, the newest first`() throws {
        let program = try program()
        try program.write("email,role\nbob@acme.io,DEVELOPER\n", to: "people.csv")
        for _ in 1...2 { try program.run("invite", "people.csv", "--sandbox", "--yes", "--ledger", "l.db") }
        #expect(try offered("rollcall runs show --ledger l.db ", in: program) == ["2", "1"])
        for (shell, line) in [
            ("fish", "2\tinvite, finished, 1 row, people.csv"), ("zsh", "2:invite, finished, 1 row, people.csv"),
        ] {
            program.environment["SAP_SHELL"] = shell
            let run = try program.run(
                "---completion", "runs", "show", "--", "positional@0", "5", "0", "rollcall", "runs", "show", "--ledger",
                "l.db", "")
            #expect(run.output.hasPrefix(line), "\(run.output)")
        }
    }

    @Test func `no ledger is made for who presses Tab`() throws {
        let program = try program()
        #expect(try offered("rollcall runs show --ledger l.db ", in: program).isEmpty)
        #expect(try offered("rollcall runs resume ", in: program).isEmpty)
        #expect(!FileManager.default.fileExists(atPath: program.folder.appendingPathComponent("l.db").path))
        #expect(!FileManager.default.fileExists(atPath: program.folder.appendingPathComponent(".local").path))
    }

    @Test(arguments: ["bash", "zsh", "fish"])
    func `a shell takes its script`(shell: String) throws {
        let program = try program()
        try program.write(try program.run("completion", shell).output, to: "script")
        #expect(try program.shell("\(shell) -n script 2>&1 && echo fine") == "fine\n")
        #expect(try program.read("script").contains("exit-status"))
    }
}
