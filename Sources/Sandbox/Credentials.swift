/// Who may ask for what (FACTS.md, "Credentials").
struct Credentials {
    enum Verdict { case full, readOnly, needsWorkspace, refused }

    /// - Parameter header: a header's value by its name.
    static func verdict(_ header: (String) -> String?) -> Verdict {
        switch header("Authorization") {
        case "Bearer prdm_wsp_sandbox": return .full
        case "Bearer prdm_cmp_sandbox":
            let uid = header("X-Paradime-Workspace")
            return WorkspaceRoot.workspaces.contains { $0.uid == uid } ? .full : .needsWorkspace
        case _?: return .refused
        case nil: break
        }
        guard header("X-API-SECRET") == "sandbox-secret" else { return .refused }
        switch header("X-API-KEY") {
        case "sandbox-key": return .full
        case "sandbox-viewer-key": return .readOnly
        default: return .refused
        }
    }
}
