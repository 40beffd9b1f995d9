/// What a run has left on the disk.
struct FilesLeft {
    /// Those that are there.
    var files: [RunNews.File] = []
    /// Whether all are there that should be.
    var isComplete = true

    static func += (all: inout FilesLeft, more: FilesLeft) {
        all.files += more.files
        all.isComplete = all.isComplete && more.isComplete
    }
}
