import Planning

/// The options of a run, from the command line and the settings.
public struct RunOptions {
    /// Whether to show the plan and send nothing.
    public var isDryRun = false
    /// Whether a dry run fails if anything would be changed.
    public var isCheck = false
    /// Whether to send without confirmation.
    public var isAgreed = false
    /// The profile that the connection comes from; nil for one that comes from elsewhere.
    public var profile: String?
    /// Whether to send nothing if any row is rejected.
    public var isStrict = false
    /// The file to save the plan to, instead of sending it.
    public var savePlan: String?
    /// The number of rows to send first, 1 or more; nil for all.
    public var first: Int?
    /// Whether to list the workspace again at the end; nil for the default, which is yes except for `invite`.
    public var verifies: Bool?
    /// Whether to re-send rows of which no listing can show whether they took effect.
    public var resendsUnknown = false
    /// Whether to accept an empty user list even if earlier snapshots had users.
    public var allowsEmpty = false
    /// The rate, concurrency, timeouts and retries.
    public var pace: Pace
    /// The safety limits.
    public var limits: GuardLimits
    /// The results files.
    public var results: ResultsPlace

    /// Creates options with the required values; all others have their defaults.
    public init(pace: Pace, limits: GuardLimits, results: ResultsPlace) {
        self.pace = pace
        self.limits = limits
        self.results = results
    }

    /// Whether the run sends anything.
    public var isSent: Bool { !isDryRun && savePlan == nil }
}
