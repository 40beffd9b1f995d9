/// The files that a run has written.
public struct FilesLeft {
    /// The files that were written.
    public var files: [RunNews.File] = []
    /// Whether every file could be written.
    public var isComplete = true

    /// Creates a set of files.
    public init(files: [RunNews.File] = [], isComplete: Bool = true) {
        self.files = files
        self.isComplete = isComplete
    }

    /// Adds other files.
    public static func += (all: inout FilesLeft, more: FilesLeft) {
        all.files += more.files
        all.isComplete = all.isComplete && more.isComplete
    }
}
