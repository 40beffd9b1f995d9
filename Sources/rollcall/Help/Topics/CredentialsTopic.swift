import Domain

/// `rollcall help credentials`
enum CredentialsTopic {
    static let content: (abstract: String, blocks: [HelpPage.Block]) = (
        "Endpoint, credentials and profiles",
        [
            .text("Four variables select a workspace and give access to it:"),
            .terms(CredentialVariable.allCases.map { ($0.rawValue, $0.meaning) }),
            .heading("Sources"),
            .text(
                "Settings from different sources are not combined, so that a key is never used for another workspace. The first "
                    + "of these sources applies:"),
            .terms([
                ("1. --profile NAME", "This profile of the configuration file."),
                ("2. the environment", "The variables above, if any of them is set."),
                ("3. the configuration file", "Its default profile, for example 'profile: acme'."),
                (
                    "4. ~/.paradime/credentials",
                    "Lines NAME=value with the same names. The file must be readable only by you: "
                        + "chmod 600 ~/.paradime/credentials"
                ),
            ]),
            .lines([
                "export PARADIME_API_ENDPOINT=https://api.example.com/your-endpoint",
                "export PARADIME_API_KEY=your-key",
                "read -rs PARADIME_API_SECRET && export PARADIME_API_SECRET",
                "rollcall users",
            ]),
            .heading("Profiles"),
            .text(
                "'rollcall config init' creates a configuration file that lists every setting as a comment. A profile names the "
                    + "source of its secret, never the secret itself:"),
            .terms([
                ("secretEnv: NAME", "This environment variable."),
                ("secretFile: PATH", "This file, readable only by you (mode 600)."),
                ("secretCommand: COMMAND", "The output of this command, for example 'op read op://...'."),
            ]),
            .text(
                "As with ssh, a file that another user could change is refused: the file and all folders above it must belong to "
                    + "you or root, and only the owner may have write permission. The same applies to the ledger and to "
                    + "SSL_CERT_FILE."),
            .text("'rollcall config show' shows the source of every setting; 'rollcall doctor' tests the connection."),
            .heading("Security"),
            .text(
                "Secrets are never accepted as arguments, which other users of the machine can read, and never appear in "
                    + "messages, logs, reports or the ledger. Requests use HTTPS; plain HTTP is allowed only to this machine. "
                    + "HTTPS_PROXY sets a proxy, and NO_PROXY its exceptions: host names (including subdomains), addresses, "
                    + "networks (10.0.0.0/8) or *, each with an optional :port. SSL_CERT_FILE (a file) and SSL_CERT_DIR (a "
                    + "folder) replace the system's trusted certificates."),
            .text("To try rollcall without credentials, add --sandbox, which uses a built-in mock workspace."),
        ]
    )
}

extension CredentialVariable {
    fileprivate var meaning: String {
        switch self {
        case .endpoint: "The URL of the workspace's API."
        case .key: "The API key. Not needed for a token."
        case .secret:
            "The API secret, or a token: prdm_wsp_... for a workspace, prdm_cmp_... for a company."
        case .workspaceUID: "The workspace to use with a company token. Not needed otherwise."
        }
    }
}
