/// How a sandbox behaves.
public struct SandboxOptions: Sendable {
    /// The address to listen on; loopback unless told otherwise.
    public var host = "127.0.0.1"
    /// The port; 0 selects a free one.
    public var port = 0
    /// The people at the start; its `seed` starts the faults' generator too.
    public var workspace = WorkspaceSeed()
    /// What goes wrong.
    public var faults = FaultPlan.none
    /// Waited before every answer.
    public var latency = Duration.zero
    /// How late the fault `slow` answers.
    public var slow = Duration.seconds(60)
    /// Requests over it are answered with 429; nil is no limit.
    public var rateLimit: Rate?

    /// A sandbox without latency, limit and faults.
    public init() {}
}
