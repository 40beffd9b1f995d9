import Planning

/// What was asked for about a run, on the command line and in the settings.
public struct RunOptions {
    /// Show the plan and send nothing.
    public var isDryRun = false
    /// Send without asking.
    public var isAgreed = false
    /// The profile that the connection comes from; nil for one that comes from elsewhere.
    public var profile: String?
    /// Send nothing if any row is rejected.
    public var isStrict = false
    /// The file that the plan is written to instead of being carried out.
    public var savePlan: String?
    /// How many rows are sent, as a trial; nil for all. 1 or more.
    public var first: Int?
    /// Whether the workspace is listed again at the end; nil for yes where access is changed or taken away.
    public var verifies: Bool?
    /// Send again what cannot be told apart from what took effect.
    public var resendsUnknown = false
    /// Take an empty list of users where there were some before.
    public var allowsEmpty = false
    /// How fast it goes, and how long it tries.
    public var pace: Pace
    /// What it must not go beyond.
    public var limits: GuardLimits
    /// Where the results go.
    public var results: ResultsPlace

    /// Takes what every run has to know; the rest is as it is usually.
    public init(pace: Pace, limits: GuardLimits, results: ResultsPlace) {
        self.pace = pace
        self.limits = limits
        self.results = results
    }

    /// Whether anything leaves this machine.
    public var isSent: Bool { !isDryRun && savePlan == nil }
}
