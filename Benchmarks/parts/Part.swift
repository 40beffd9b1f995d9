/// Something of the program that is measured alone.
struct Part: Sendable {
    /// How it is asked for.
    var name: String
    /// What it does, in a line.
    var help: String
    /// Makes what it needs, which is not measured, and returns what is.
    var prepare: @Sendable (Work) throws -> () throws -> Done

    /// A part that needs nothing made.
    init(name: String, help: String, run: @escaping @Sendable (Work) throws -> Done) {
        self.init(name: name, help: help) { work in { try run(work) } }
    }

    init(name: String, help: String, prepare: @escaping @Sendable (Work) throws -> () throws -> Done) {
        self.name = name
        self.help = help
        self.prepare = prepare
    }

    /// What there is to do it with.
    struct Work {
        /// How many rows to make, where they are made.
        var rows: Int
        /// Where files go.
        var folder: String
        /// What is read, where something is read.
        var input: String?

        /// The file to read.
        func file() throws -> String {
            guard let input else { throw MissingFile() }
            return input
        }
    }

    /// A part that reads was not given a file.
    struct MissingFile: Error, CustomStringConvertible {
        var description: String { "name the file to read behind the part's name" }
    }

    /// What was done.
    struct Done {
        var rows: Int
        /// Cells, or whatever there is of which a row has many; 0 if there is no such thing.
        var cells = 0
        /// The file that was written.
        var file: String?
    }

    /// Every part. To add one, add it here.
    static let all: [Part] = reading + reviews + populations
}
