import Foundation
import Testing

@testable import Settings

@Suite struct SecretPlaceTests {
    private static let origin = Origin.environment("X")

    private func read(
        _ place: SecretPlace, in environment: [String: String] = [:], patience: Duration = .seconds(20)
    ) throws(SettingsFailure) -> (text: String, warnings: [String]) {
        var warnings: [String] = []
        let text = try place.read(in: environment, patience: patience, warnings: &warnings)
        return (text, warnings)
    }

    private func command(_ text: String, _ home: Home) throws -> SecretPlace {
        try home.write("")
        return .command(text, Self.origin, configuration: home.file)
    }

    @Test(
        arguments: [
            ("echo ' s3cret '", "s3cret"), ("printf s3cret; printf noise >&2", "s3cret"),
            // Standard input is the program's own: nobody waits for it, and nobody reads it away.
            ("cat; echo s3cret", "s3cret"), ("echo s3; sleep 0.05; echo cret", "s3\ncret"),
            // Who stays behind with the output in his hands keeps nobody waiting.
            ("sleep 5 & echo s3cret", "s3cret"),
        ])
    func `what a command prints is the secret, without the white space around it`(text: String, secret: String) throws {
        #expect(try read(command(text, Home())).text == secret)
    }

    @Test(
        arguments: [
            ("A=s3cret /bin/sh -c 'echo s3cret; exit 3'", "/bin/sh ended with status 3"),
            ("echo s3cret; kill -9 $$", "echo was ended by signal 9"),
            ("no-such-tool s3cret", "no-such-tool ended with status 127"),
            ("true s3cret", "there is nothing in it"), ("printf 's3cret\\377'", "what it printed is no UTF-8 text"),
            ("yes s3cret", "yes printed more than a key has"),
            ("echo s3cret; exec sleep 10", "echo took longer than 0.3 seconds"),
            ("echo s3cret; exec >&-; sleep 10", "echo took longer than 0.3 seconds"),
            ("A=s3cret", "there is nothing in it"),
        ])
    func `a command that fails is named by its first word, and nothing it printed is said`(
        text: String, words: String
    ) throws {
        let place = try command(text, Home())
        let failure = #expect(throws: SettingsFailure.self) { try read(place, patience: .milliseconds(300)) }
        #expect(failure?.sentence == "environment variable X: " + words)
    }

    @Test func `a file that others can change names no commands`() throws {
        let home = try Home()
        let place = try command("echo s3cret", home)
        try home.write("", mode: 0o620)
        let failure = #expect(throws: SettingsFailure.self) { try read(place) }
        #expect(failure?.sentence.contains("can be changed by other people on this machine") == true)
        try home.write("", mode: 0o644)
        #expect(try read(place).text == "s3cret")
    }

    @Test func `a file is read, and said to be open to others`() throws {
        let home = try Home()
        try home.write(" s3cret\n", to: "secret")
        let place = SecretPlace.file(home.path + "/secret", Self.origin)
        #expect(try read(place) == ("s3cret", []))
        try home.write("s3cret", to: "secret", mode: 0o640)
        #expect(try read(place).warnings.first?.contains("/secret can be read by other people") == true)
        for (text, words) in [
            (" \n", "there is nothing in it"), (String(repeating: "s", count: 70_000), "is too long for a key"),
        ] {
            try home.write(text, to: "secret")
            let failure = #expect(throws: SettingsFailure.self) { try read(place) }
            #expect(failure?.sentence.contains(words) == true)
        }
        let nothing = #expect(throws: SettingsFailure.self) { try read(.file(home.path, Self.origin)) }
        #expect(nothing?.sentence.contains("cannot be read") == true)
    }

    @Test func `a variable that is not set is named`() throws {
        let place = SecretPlace.variable("ACME", Self.origin)
        #expect(try read(place, in: ["ACME": "s3cret"]).text == "s3cret")
        let failure = #expect(throws: SettingsFailure.self) { try read(place, in: ["ACME": ""]) }
        #expect(failure?.sentence == "environment variable X: the environment variable ACME is not set")
    }
}
