/// The sandbox, in which nothing is real. Whatever is written about it says so.
public enum Practice {
    /// The name of the sandbox's first workspace; those of its others begin with it.
    public static let workspace = "sandbox"

    /// Whether a workspace is one of the sandbox's.
    public static func isPractice(_ workspace: String) -> Bool {
        workspace == Self.workspace || workspace.hasPrefix(Self.workspace + "#")
    }

    /// A title that says whether it is about the sandbox.
    public static func title(_ title: String, of workspace: String) -> String {
        isPractice(workspace) ? "PRACTICE: " + title : title
    }
}
