import Domain
import Foundation
import Populations
import Readers
import WorkspaceAPI

extension Part {
    /// What takes a file apart: `parts read people.csv`.
    static let reading: [Part] = [
        Part(name: "read", help: "the rows of a CSV: read FILE") { work in
            var reader = try CSVReader(source: FileByteSource(path: work.file()), options: CSVOptions())
            var done = Done(rows: 0)
            while let row = try reader.next() {
                done.rows += 1
                done.cells += row.count
            }
            return done
        },
        Part(name: "people", help: "the cells of an invite as text, of a CSV or a workbook: people FILE") { work in
            let file = try work.file()
            var options = ListOptions(.invite)
            options.hasFallback = true
            let source =
                try ListSource.isWorkbook(file)
                ? ListSource(workbook: file, options)
                : .text(CSVReader(source: FileByteSource(path: file), options: CSVOptions()))
            var reader = try PeopleReader(source, options)
            var done = Done(rows: 0)
            try reader.forEach { row in
                done.rows += 1
                done.cells += row.email.isEmpty ? 0 : 2
            }
            return done
        },
        Part(name: "decode", help: "the people in an answer of listUsers: decode FILE") { work in
            let listing = try Listing(decoding: Data(contentsOf: URL(fileURLWithPath: work.file())))
            return Done(rows: listing.population.users + listing.population.invites)
        },
    ]
}
