/// Something of the program that is measured alone.
struct Part: Sendable {
    /// How it is asked for.
    var name: String
    /// What it does, in a line.
    var help: String
    /// Does it with so many rows; files go into the folder.
    var run: @Sendable (_ rows: Int, _ folder: String) throws -> Done

    /// What was done.
    struct Done {
        var rows: Int
        /// Cells, or whatever there is of which a row has many; 0 if there is no such thing.
        var cells = 0
        /// The file that was written.
        var file: String?
    }

    /// Every part. To add one, add it here.
    static let all: [Part] = reviews
}
