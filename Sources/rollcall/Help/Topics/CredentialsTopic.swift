import Domain

/// `rollcall help credentials`
enum CredentialsTopic {
    static let content: (abstract: String, blocks: [HelpPage.Block]) = (
        "Where the endpoint and the credentials are looked for",
        [
            .text("Four variables say which workspace is meant and open it:"),
            .terms(CredentialVariable.allCases.map { ($0.rawValue, $0.meaning) }),
            .heading("Where they are looked for"),
            .text(
                "All four come from one place as a set, so that one workspace is never opened with another's key. It is "
                    + "the first of these:"),
            .terms([
                ("1. --profile NAME", "That profile of the configuration file."),
                ("2. the environment", "Variables of these names, if any of them is set."),
                ("3. the configuration file", "The profile that it names itself, as in 'profile: acme'."),
                (
                    "4. ~/.paradime/credentials",
                    "Lines of the form NAME=value, with the same names. Others must not be able to read the file: "
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
                "'rollcall config init' writes a configuration file with every setting as a comment. A profile says where "
                    + "its secret is, and never the secret itself:"),
            .terms([
                ("secretEnv: NAME", "In this environment variable."),
                ("secretFile: PATH", "In this file, which others must not be able to read (mode 600)."),
                ("secretCommand: COMMAND", "On the standard output of this command, for example 'op read op://...'."),
            ]),
            .text(
                "As with ssh, a file that another user could change is refused: the file and all folders above it belong "
                    + "to you or root, and nobody else can write to them. The same holds for the ledger and for the "
                    + "file that SSL_CERT_FILE names."),
            .text("'rollcall config show' says where everything comes from, and 'rollcall doctor' whether it works."),
            .heading("What is kept secret"),
            .text(
                "Secrets are never taken as arguments, where other people on the machine could read them, and are in no "
                    + "message, log, report or ledger. Requests go over HTTPS; plain HTTP goes to this machine only. "
                    + "HTTPS_PROXY names a proxy, and NO_PROXY what is reached without it: names (with all names below), "
                    + "addresses, networks (10.0.0.0/8) or *, each with :port or without. SSL_CERT_FILE (a file) and "
                    + "SSL_CERT_DIR (a folder) name the certificates to trust in place of all of the system's."),
            .text("To try things out without credentials, add --sandbox: a made-up workspace inside the process."),
        ]
    )
}

extension CredentialVariable {
    fileprivate var meaning: String {
        switch self {
        case .endpoint: "The address of the workspace's API."
        case .key: "The public half of an API key. Not needed for a token."
        case .secret:
            "The secret half of an API key, or a token: prdm_wsp_... for a workspace, prdm_cmp_... for a company."
        case .workspaceUID: "The workspace that a company's token is used for. Not needed otherwise."
        }
    }
}
