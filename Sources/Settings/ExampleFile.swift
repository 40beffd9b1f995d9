import Domain
import Foundation

/// The configuration file that somebody begins with: all of it comments.
public enum ExampleFile {
    /// Writes it, for its owner only, where nothing is yet.
    ///
    /// - Throws: there is a file already, or it cannot be written.
    public static func write(to path: String) throws(SettingsFailure) {
        try PrivateFile.create(path, holding: text, ifThere: "there is a file already, and it is left as it is")
    }

    static let text = """
        # What rollcall goes by. Take the # away from what you need; rollcall config show says what comes of it.
        # The command line comes first, then the environment (ROLLCALL_RATE, ROLLCALL_DOMAINS), then the profile.

        # The profile that is used where neither --profile nor ROLLCALL_PROFILE names another.
        # profile: acme

        # profiles:
        #   acme:
        #     # The connection. All of it comes from here, or none: nothing is mixed with PARADIME_API_… in the
        #     # environment, which comes first unless --profile names this profile.
        #     endpoint: https://api.example.com/your-endpoint
        #     workspaceUid: …               # for a company token (prdm_cmp_) only
        #     key: …                        # or keyEnv, keyFile, keyCommand; a token needs none
        #     # The secret itself is never in this file. One of:
        #     secretEnv: ACME_SECRET        # an environment variable
        #     secretFile: ~/.secrets/acme   # a file that only you can read
        #     secretCommand: op read op://vault/rollcall/secret   # what a command prints, within 60 seconds

        #     # How fast a run sends.
        #     rate: 10/s
        #     concurrency: 8
        #     batch: 1
        #     maxAttempts: 5
        #     timeout: 30
        #     settleWait: 30s               # how long a request may still take effect after its timeout
        #     maxWait: 15m                  # how long the API may ask a run to wait
        #     maxFailures: 10               # rows in a row with the same answer, after which a run stops

        #     # Safety limits. An option on the command line can make them stricter, not looser.
        \(SafetyLimit.allCases.map(Self.line).joined(separator: "\n"))
        #     self: you@example.com
        #     domains: [example.com]
        #     privilegedTypes: [ADMIN, SECURITY_ADMIN]   # default: all but DEVELOPER, BUSINESS, ANALYST, SANDBOX_USER

        #     # What the words of your lists mean.
        #     accountTypes: [Member=DEVELOPER, Viewer=BUSINESS]

        #     # Reviews.
        #     reviewer: Grace Hopper
        #     approver: Ada Admin
        #     preparer: Pat Doe
        #     formats: [\(ReportFormat.filed.map(\.rawValue).joined(separator: ", "))]
        #     templates: ~/templates

        #     # The database of runs and snapshots.
        #     ledger: ~/.local/state/rollcall/acme.db

        """

    private static func line(_ limit: SafetyLimit) -> String {
        let setting = "\(limit.rawValue): \(limit.standard.text)".padding(toLength: 30, withPad: " ", startingAt: 0)
        return "#     \(setting)# \(limit.facts.help)"
    }
}
