/// How often work on rows reports its progress: every 4,096 rows, so that the report costs little.
public enum ProgressStep {
    /// Whether to report progress after this row.
    @inline(__always)
    public static func isDue(after count: Int) -> Bool { count & 4095 == 0 }
}
