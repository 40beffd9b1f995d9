/// What a run has left on the disk.
public struct FilesLeft {
    /// Those that are there.
    public var files: [RunNews.File] = []
    /// Whether all are there that should be.
    public var isComplete = true

    /// None yet.
    public init(files: [RunNews.File] = [], isComplete: Bool = true) {
        self.files = files
        self.isComplete = isComplete
    }

    /// Adds what something else has left.
    public static func += (all: inout FilesLeft, more: FilesLeft) {
        all.files += more.files
        all.isComplete = all.isComplete && more.isComplete
    }
}
