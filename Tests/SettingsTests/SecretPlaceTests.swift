import Foundation
import Lanes
import Testing

@testable import Settings

@Suite(.prompt) struct SecretPlaceTests {
    private static let origin = Origin.environment("X")

    private func read(
        _ place: SecretPlace, in environment: [String: String] = [:], patience: Duration = .seconds(20)
    ) async throws(SettingsFailure) -> (text: String, warnings: [String]) {
        var warnings: [String] = []
        let text = try await place.read(in: environment, patience: patience, warnings: &warnings)
        return (text, warnings)
    }

    private func command(_ text: String) -> SecretPlace { .command(text, Self.origin) }

    @Test(
        arguments: [
            ("echo ' s3cret '", "s3cret"), ("printf s3cret; printf noise >&2", "s3cret"),
            // Standard input is the program's own: nobody waits for it, and nobody reads it away.
            ("cat; echo s3cret", "s3cret"), ("echo s3; sleep 0.05; echo cret", "s3\ncret"),
            // Who stays behind with the output in his hands keeps nobody waiting.
            ("sleep 5 & echo s3cret", "s3cret"),
        ])
    func `what a command prints is the secret, without the white space around it`(
        text: String, secret: String
    ) async throws {
        #expect(try await read(command(text)).text == secret)
    }

    @Test(
        arguments: [
            ("A=s3cret /bin/sh -c 'echo s3cret; exit 3'", "/bin/sh ended with status 3"),
            ("echo s3cret; kill -9 $$", "echo was ended by signal 9"),
            ("no-such-tool s3cret", "no-such-tool ended with status 127"),
            ("true s3cret", "it is empty"), ("printf 's3cret\\377'", "its output is not UTF-8 text"),
            ("yes s3cret", "yes printed too much text for a key or secret"),
            ("echo s3cret; exec sleep 3000", "echo took longer than 0.3 seconds"),
            ("echo s3cret; exec >&-; sleep 3000", "echo took longer than 0.3 seconds"),
            ("A=s3cret", "it is empty"),
        ])
    func `a command that fails is named by its first word, and nothing it printed is said`(
        text: String, words: String
    ) async throws {
        let place = command(text)
        let failure = await #expect(throws: SettingsFailure.self) {
            // Other tests may keep every thread of the pool for minutes.
            try await read(place, patience: words.contains("took longer") ? .milliseconds(300) : .seconds(3600))
        }
        // At a terminal the command's own message was seen.
        let sentence = failure?.sentence.replacing("; run it at a terminal to see its error message", with: "")
        #expect(sentence == "environment variable X: " + words)
    }

    /// All of them hold the pipe open, and it is at its end when none is left. They would go on for longer than all tests
    /// take.
    @Test(
        arguments: [
            "sleep 3000 & sleep 3000", "(sleep 3000 & (sleep 3000 & sleep 3000) &) & sleep 3000",
            "(sleep 3000 &); sleep 3000",
            "exec >&-; sleep 3000 & wait", "(env -i sleep 3000 & sleep 3000) & wait",
            "(for i in $(seq 200000); do sleep 0.01; done) & (for i in $(seq 200000); do sleep 0.01; done) & wait",
        ])
    func `a command that takes too long is killed with everything that it started`(text: String) async throws {
        let home = try Home()
        let path = home.path + "/held"
        #expect(mkfifo(path, 0o600) == 0)
        let end = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        defer { close(end) }
        let failure = await #expect(throws: SettingsFailure.self) {
            try await read(command("exec 3>'\(path)'; \(text)"), patience: .milliseconds(300))
        }
        #expect(failure?.sentence.hasSuffix("exec took longer than 0.3 seconds") == true)
        var watched = pollfd(fd: end, events: Int16(POLLIN), revents: 0)
        #expect(poll(&watched, 1, 20_000) == 1)
        #expect(watched.revents & Int16(POLLHUP) != 0)
    }

    @Test func `a file is read, and refused where others can read or change it`() async throws {
        let home = try Home()
        try home.write(" s3cret\n", to: "secret")
        let place = SecretPlace.file(home.path + "/secret", Self.origin)
        #expect(try await read(place) == ("s3cret", []))
        for (mode, words) in [
            (
                0o640,
                "/secret is not used: it holds a secret that other users of this machine can read; run: chmod 600 /"
            ),
            (0o602, "/secret is not used: it can be changed by every user of this machine; run: chmod go-w /"),
        ] {
            try home.write("s3cret", to: "secret", mode: mode)
            let failure = await #expect(throws: SettingsFailure.self) { try await read(place) }
            #expect(failure?.sentence.contains(words) == true, "\(failure?.sentence ?? "")")
        }
        for (text, words) in [
            (" \n", "it is empty"), (String(repeating: "s", count: 70_000), "is too long for a key"),
        ] {
            try home.write(text, to: "secret")
            let failure = await #expect(throws: SettingsFailure.self) { try await read(place) }
            #expect(failure?.sentence.contains(words) == true)
        }
        let nothing = await #expect(throws: SettingsFailure.self) { try await read(.file(home.path, Self.origin)) }
        #expect(nothing?.sentence.contains("cannot be read") == true)
    }

    @Test func `a variable that is not set is named`() async throws {
        let place = SecretPlace.variable("ACME", Self.origin)
        #expect(try await read(place, in: ["ACME": "s3cret"]).text == "s3cret")
        let failure = await #expect(throws: SettingsFailure.self) { try await read(place, in: ["ACME": ""]) }
        #expect(failure?.sentence == "environment variable X: the environment variable ACME is not set")
    }
}
