import Domain
import Foundation

/// The example configuration file, in which everything is a comment.
public enum ExampleFile {
    /// Writes it, with access only for its owner, if there is no file yet.
    ///
    /// - Throws: ``SettingsFailure`` if the file exists or cannot be written.
    public static func write(to path: String) throws(SettingsFailure) {
        try PrivateFile.create(path, holding: text, ifThere: "the file exists and was not changed")
    }

    static let text = """
        # The configuration of rollcall. Remove the # before the settings that you need; 'rollcall config show' shows the result.
        # Options take precedence over the environment (ROLLCALL_RATE, ROLLCALL_DOMAINS), which takes precedence over
        # this file.

        # The default profile, if neither --profile nor ROLLCALL_PROFILE is set.
        # profile: acme

        # profiles:
        #   acme:
        #     # The connection. Settings from different sources are not combined: PARADIME_API_… in the environment
        #     # replaces the whole connection, unless --profile names this profile.
        #     endpoint: https://api.example.com/your-endpoint
        #     workspaceUid: …               # for a company token (prdm_cmp_) only
        #     key: …                        # or keyEnv, keyFile, keyCommand; a token needs none
        #     # The secret itself must not be in this file. Use one of:
        #     secretEnv: ACME_SECRET        # an environment variable
        #     secretFile: ~/.secrets/acme   # a file that only you can read
        #     secretCommand: op read op://vault/rollcall/secret   # what a command prints, within 60 seconds

        #     # The speed of runs.
        #     rate: 10/s
        #     concurrency: 8
        #     batch: 1
        #     maxAttempts: 5
        #     timeout: 30
        #     settleWait: 30s               # how long a request may take effect after its timeout
        #     maxWait: 15m                  # maximum wait that the API may request
        #     maxFailures: 10               # consecutive rows with the same failure after which a run stops

        #     # Safety limits. Options can make them stricter, but not looser.
        \(SafetyLimit.allCases.map(Self.line).joined(separator: "\n"))
        #     self: you@example.com
        #     domains: [example.com]
        #     privilegedTypes: [ADMIN, SECURITY_ADMIN]   # default: all but DEVELOPER, BUSINESS, ANALYST, SANDBOX_USER

        #     # The account types for words in your lists.
        #     accountTypes: [Member=DEVELOPER, Viewer=BUSINESS]
        #     accountTypesBy: Department            # for sync: the column that the rules in accountTypes are about

        #     # Reviews.
        #     reviewer: Grace Hopper
        #     approver: Ada Admin
        #     preparer: Pat Doe
        #     formats: [\(ReportFormat.filed.map(\.rawValue).joined(separator: ", "))]
        #     templates: ~/templates
        #     activity: no                          # do not request the audit log
        #     signingKey: ~/.ssh/id_ed25519         # signs the evidence; a .pub file if the key is in ssh-agent
        #     timestampURL: http://tsa.example.com  # an RFC 3161 time stamp authority

        #     # The company's own list of people, for 'rollcall leavers' and for reviews.
        #     people: ~/exports/people.csv          # or peopleCommand: a command that prints the list
        #     peopleColumns: [status=Employment status]
        #     peopleStatuses: [LOA=active]          # active, suspended or left
        #     dateFormat: D/M/Y                     # or M/D/Y, if the dates can be read in two ways
        #     serviceAccounts: ["ci@example.com=grace@example.com; builds"]   # break-glass: add "; break-glass"
        #     exceptions: ["*@partner.example=2027-03-31; audit until March"]

        #     # The database of runs and snapshots.
        #     ledger: ~/.local/state/rollcall/acme.db

        """

    private static func line(_ limit: SafetyLimit) -> String {
        let setting = "\(limit.rawValue): \(limit.standard.text)".padding(toLength: 30, withPad: " ", startingAt: 0)
        return "#     \(setting)# \(limit.facts.help)"
    }
}
