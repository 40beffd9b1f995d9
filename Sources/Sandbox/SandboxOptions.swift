/// The options of a sandbox.
public struct SandboxOptions: Sendable {
    /// The address to listen on; by default loopback.
    public var host = "127.0.0.1"
    /// The port; 0 selects a free one.
    public var port = 0
    /// The initial users and invitations; its `seed` also seeds the generator of faults.
    public var workspace = WorkspaceSeed()
    /// The faults to inject.
    public var faults = FaultPlan.none
    /// The delay before every response.
    public var latency = Duration.zero
    /// The delay of the response for the fault `slow`.
    public var slow = Duration.seconds(60)
    /// The rate above which requests get HTTP 429; nil for no limit.
    public var rateLimit: Rate?

    /// Creates options without latency, rate limit and faults.
    public init() {}
}
