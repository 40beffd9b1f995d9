import ArgumentParser
import Domain
import Foundation
import Runs
import Sealing
import Settings
import TerminalIO

/// Options for the signature and the time stamp of evidence.
struct SealOptions: ParsableArguments {
    /// What help calls these options.
    static let title = "Signature and time stamp"

    @Option(
        help: ArgumentHelp(
            "Sign the checksums with this SSH key, by ssh-keygen.",
            discussion: "A private key, or a public key whose private key is in ssh-agent", valueName: "key"),
        completion: .file())
    var sign: String?

    @Option(
        help: ArgumentHelp("Get a time stamp for the checksums from this RFC 3161 authority.", valueName: "url"))
    var timestamp: String?

    mutating func validate() throws {
        if let timestamp, let problem = SettingKey.timestampURL.problem(timestamp) {
            throw ValidationError("--timestamp: \(problem).")
        }
    }

    /// What is asked for, by the options or by the settings.
    ///
    /// - Parameter kept: what an interrupted run was asked for, which takes precedence over the settings.
    func request(_ settings: UserSettings, kept: SealRequest? = nil) -> SealRequest {
        SealRequest(
            // A resume may be started in another folder.
            key: (sign ?? kept?.key ?? settings[.signingKey]?.text).map { URL(fileURLWithPath: $0).path },
            timestampURL: timestamp ?? kept?.timestampURL ?? settings[.timestampURL]?.text)
    }

    /// Prepares what is asked for; nil if nothing is.
    ///
    /// - Throws: ``CommandFailure`` if it is not possible.
    func sealing(
        _ settings: UserSettings, kept: SealRequest? = nil, otherwise consequence: String
    ) async throws -> Sealing? {
        try await Sealing.prepared(
            request(settings, kept: kept),
            timeout: .seconds(settings.value(.timeout, given: nil, else: Pace.standard.timeout)),
            otherwise: consequence)
    }
}
