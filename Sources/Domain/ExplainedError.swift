/// An error that says in one sentence what happened and what to do.
public protocol ExplainedError: Error {
    /// Begins in lower case and ends without a full stop, as it stands in messages.
    var sentence: String { get }
    /// What programs go by.
    var code: ErrorCode { get }
}

/// What is wrong with a file that was read.
public protocol ReadingError: Error {
    /// Follows the file's name: `people.csv` *is not UTF-8 …*.
    var sentence: String { get }
}
