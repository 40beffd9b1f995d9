/// How often work that goes row by row says how far it is: every 4,096 rows, so that the rows themselves cost no more.
public enum ProgressStep {
    /// Whether to say so after this row.
    @inline(__always)
    public static func isDue(after count: Int) -> Bool { count & 4095 == 0 }
}
