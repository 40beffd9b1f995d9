import Foundation
import Settings
import Testing

@Suite struct HelperProgramTests {
    private func program(_ name: String, seconds: Int = 30) -> HelperProgram {
        HelperProgram(name, package: "none", limit: .seconds(seconds))
    }

    @Test func `it gets its arguments and its input as they are, and its outputs are read`() async throws {
        let finished = try await program("sh").run(
            ["-c", "cat; printf '%s' \"$1\"; echo one >&2; echo two >&2; exit 3", "sh", "$(x) -y"],
            input: Data("in\n".utf8))
        #expect(finished.status == 3)
        #expect(finished.text == "in\n$(x) -y")
        #expect(finished.errors == ["one", "two"])
    }

    @Test func `one that is not installed is named with its package`() async throws {
        await #expect(throws: HelperProgram.Failure.notInstalled("rollcall-none", package: "none")) {
            try await program("rollcall-none").run([])
        }
    }

    @Test func `one that hangs is killed, with what it has started`() async throws {
        await #expect(throws: HelperProgram.Failure.failed("sh took longer than 1 s")) {
            try await program("sh", seconds: 1).run(["-c", "sleep 600 & sleep 600"])
        }
    }

    @Test func `a background process does not delay it`() async throws {
        #expect(try await program("sh").run(["-c", "sleep 5 & echo done"]).text == "done\n")
    }

    @Test func `credentials are not passed on`() async throws {
        setenv("PARADIME_API_SECRET", "top", 0)
        #expect(try await !program("env").run([]).text.contains("PARADIME_API_SECRET"))
    }
}
