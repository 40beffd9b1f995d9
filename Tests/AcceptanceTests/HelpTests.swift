import Foundation
import TerminalIO
import Testing

@testable import rollcall

/// Help on commands and topics, for the terminal and for man(1).
@Suite(.waiting) struct HelpTests {
    static let commands = (try? CommandTree.read().all.map(\.path)) ?? []
    static let topics = HelpTopic.allCases.map(\.rawValue)

    private static func help(on path: String, _ option: String) throws -> String {
        try #require(try HelpRequest.text(for: path.split(separator: " ").dropFirst().map(String.init) + [option]))
    }

    @Test(arguments: commands)
    func `a command's help fits a terminal`(path: String) throws {
        let help = try Self.help(on: path, "--help")
        #expect(help.contains("EXAMPLES:\n"))
        for line in help.split(separator: "\n") { #expect(line.count <= 80, "\(line)") }
    }

    @Test(arguments: commands)
    func `the short help is one screen, and names options that there are`(path: String) throws {
        let help = try Self.help(on: path, "-h")
        let lines = help.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
        #expect(lines.count <= 24, "\(lines.count)")
        for line in lines { #expect(line.count <= 80, "\(line)") }
        let name = path.split(separator: " ").dropFirst().joined(separator: " ")
        for option in BriefHelp.most[name] ?? [] { #expect(help.contains("  \(option)"), "\(option)") }
    }

    /// A command without subcommands, one with some, and one below it.
    @Test(arguments: ["rollcall invite", "rollcall runs", "rollcall runs show"], ["--help", "-h"])
    func `help is what the program prints`(path: String, option: String) throws {
        let program = try Rollcall()
        let run = try program.start(path.split(separator: " ").dropFirst().map(String.init) + [option]).wait()
        #expect(run.status == 0 && run.errors.isEmpty)
        #expect(try run.output == Self.help(on: path, option))
    }

    @Test(arguments: topics)
    func `a topic is a page, and the list has it`(topic: String) throws {
        let program = try Rollcall()
        let page = try program.run("help", topic)
        #expect(page.status == 0 && page.errors.isEmpty)
        #expect(page.output.count > 500)
        for line in page.output.split(separator: "\n") { #expect(line.count <= 79, "\(line)") }
        #expect(try program.run("help").output.contains("  \(topic) "))
    }

    @Test func `help on a command is the command's help`() throws {
        let program = try Rollcall()
        let page = try program.run("help", "runs", "show")
        #expect(page.status == 0)
        #expect(page.output == (try program.run("runs", "show", "--help")).output)
    }

    /// The facts of a page come from where the program has them.
    @Test func `a topic says what the program does`() throws {
        let program = try Rollcall()
        let csv = try program.run("help", "csv").output
        for word in ["--email-column", "--only", "startedAt", "BILLING_ADMIN", "windows-1252"] {
            #expect(csv.contains(word), "\(word)")
        }
        let status = try program.run("help", "exit-status").output
        for case let value in ExitStatus.allCases { #expect(status.contains("\n  \(value.rawValue) "), "\(value)") }
        #expect(try program.run("help", "safety").output.contains("25%"))
        #expect(try program.run("help", "credentials").output.contains("PARADIME_WORKSPACE_UID"))
    }

    @Test func `every command and topic has a page of the manual, free of faults`() throws {
        let program = try Rollcall()
        #expect(try program.run("man-pages", "man").status == 0)
        let pages = try program.shell("cd man && ls man1 man7")
        for path in Self.commands { #expect(pages.contains(path.replacing(" ", with: "-") + ".1\n"), "\(path)") }
        for topic in Self.topics { #expect(pages.contains("rollcall-\(topic).7\n"), "\(topic)") }
        #expect(try program.shell("mandoc -T lint -W warning man/*/* 2>&1") == "")
        // Options can be copied from the page: a hyphen is ASCII's.
        #expect(try program.shell("mandoc -T utf8 man/man1/rollcall-invite.1 | col -b").contains("--dry-run"))
    }

    @Test func `the pages have the date of the source, so that a package can be built again`() throws {
        let program = try Rollcall()
        program.environment["SOURCE_DATE_EPOCH"] = "86400"
        #expect(try program.run("man-pages", "man").status == 0)
        #expect(try program.read("man/man1/rollcall.1").hasPrefix(".TH ROLLCALL 1 1970-01-02 "))
    }

    @Test func `pages with nowhere to go`() throws {
        let program = try Rollcall()
        try program.write("", to: "file")
        let run = try program.run("man-pages", "file")
        #expect(run.status == 2)
        #expect(run.errors.contains("rollcall: error: the pages cannot be written to file: "), "\(run.errors)")
    }
}
