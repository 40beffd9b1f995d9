import Domain

extension ListError {
    /// A part of a list: the rows below a title or a header in the middle.
    public struct Section: Equatable, Sendable {
        /// The title above it; nil if there is none.
        var title: String?
        /// The line of its title or header.
        var line: Int
        /// The line of its header, if its columns differ from those of the list.
        var otherHeader: Int?
        /// Whether the user chose it.
        var isChosen = true
        /// The number of its rows that name people, and the last line of those.
        var people = 0
        var last = 0

        init(title: String?, line: Int) { (self.title, self.line) = (title, line) }
    }

    static func sentence(of sections: [Section]) -> String {
        sections.prefix(6).map { section in
            let name = section.title.map(ListColumns.quoted) ?? "without a title"
            let other = section.otherHeader == nil ? "" : ", with other columns"
            return "\(name) (lines \(section.line) to \(section.last), \(section.people) "
                + "\(section.people == 1 ? "person" : "people")\(other))"
        }.joined(separator: ", ") + (sections.count > 6 ? " and \(sections.count - 6) more" : "")
    }

    static func options(for sections: [Section]) -> String {
        let options = sections.prefix(3).map { section in
            if let header = section.otherHeader { return "--header-row \(header)" }
            // Text that a terminal shows differently, or a parser takes for an option, cannot be pasted.
            let title = section.title.flatMap { Terminal.plain($0, limit: 100) == $0 && !$0.hasPrefix("-") ? $0 : nil }
            return "--section " + (title.map(ListError.word) ?? "\(section.line)")
        }
        let all = sections.contains { $0.otherHeader != nil } ? "" : " (all of them: --section all)"
        return options.joined(separator: ", or ") + all
    }
}
