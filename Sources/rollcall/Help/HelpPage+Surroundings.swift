import Domain
import Settings

/// The sections that every command's page ends with: what the program takes from its surroundings.
extension HelpPage {
    /// ENVIRONMENT and FILES.
    static var surroundings: [Block] {
        [.heading("Environment"), .terms(environment), .heading("Files"), .terms(files)]
    }

    private static var environment: [(term: String, meaning: String)] {
        [
            (
                "PARADIME_API_..., \(CredentialVariable.workspaceUID.rawValue)",
                "Endpoint and credentials, see 'rollcall help credentials'."
            ),
            (UserSettings.fileVariable, "The configuration file."),
            (UserSettings.profileVariable, "The profile to use."),
            (
                SettingKey.rate.variable + ", ...",
                "Settings of a profile, other than the connection; 'rollcall config show' lists them."
            ),
            ("PAGER", "Shows long output on a terminal, for example less -FRX."),
            ("NO_COLOR", "Turns color off."),
            ("HTTPS_PROXY, NO_PROXY", "The proxy and its exceptions."),
            ("SSL_CERT_FILE, SSL_CERT_DIR", "Replace the system's trusted certificates."),
        ]
    }

    private static var files: [(term: String, meaning: String)] {
        [
            (
                "~/.config/rollcall/config.yaml",
                "Profiles and settings. In $XDG_CONFIG_HOME if that is set."
            ),
            ("~/.config/rollcall/secrets/", "Secrets that 'rollcall init' stored, readable only by you."),
            (
                "~/.local/state/rollcall/ledger.db",
                "All runs, snapshots and reviews; ledger-practice.db for the sandbox. In $XDG_STATE_HOME if that is set."
            ),
            ("~/.paradime/credentials", "Credentials of Paradime's own client."),
        ]
    }
}
