/// Checks which operations credentials allow (docs/api.md).
struct CredentialCheck {
    enum Verdict: Hashable {
        /// All operations, in the workspace with this uid.
        case full(String)
        /// Listing only, in the first workspace.
        case readOnly
        case needsWorkspace
        case refused
    }

    /// - Parameter header: returns the value of a header.
    static func verdict(_ header: (String) -> String?) -> Verdict {
        switch header("Authorization") {
        case "Bearer prdm_wsp_sandbox": return .full(SandboxCompany.first.uid)
        case "Bearer prdm_cmp_sandbox":
            guard let uid = header("X-Paradime-Workspace"), SandboxCompany.workspaces.contains(where: { $0.uid == uid })
            else { return .needsWorkspace }
            return .full(uid)
        case _?: return .refused
        case nil: break
        }
        guard header("X-API-SECRET") == "sandbox-secret" else { return .refused }
        switch header("X-API-KEY") {
        case "sandbox-key": return .full(SandboxCompany.first.uid)
        case "sandbox-viewer-key": return .readOnly
        default: return .refused
        }
    }
}
