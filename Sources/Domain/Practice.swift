/// The sandbox of `--sandbox`. Files made there are marked *practice*.
public enum Practice {
    /// The name of the first workspace of the sandbox; the names of the others begin with it.
    public static let workspace = "sandbox"

    /// Whether a workspace belongs to the sandbox.
    public static func isPractice(_ workspace: String) -> Bool {
        workspace == Self.workspace || workspace.hasPrefix(Self.workspace + "#")
    }

    /// The title, with a mark if it is about the sandbox.
    public static func title(_ title: String, of workspace: String) -> String {
        isPractice(workspace) ? "PRACTICE: " + title : title
    }
}
