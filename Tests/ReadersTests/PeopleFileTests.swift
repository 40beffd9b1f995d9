import Domain
import Foundation
import People
import Testing

@testable import Readers

/// A company's own list of people, as systems export it (`Tests/PeopleLists`), and as people make it by hand.
@Suite struct PeopleFileTests {
    private static let today = Day(number: 20_785)

    /// Reads a list with options as on the command line: `status=Status`, `D/M/Y`, `LOA=active`.
    private static func read(_ text: String, _ given: [String] = []) throws -> PeopleFile {
        var options = PeopleFileOptions(today: today)
        for text in given {
            if let column = PeopleFileColumn(text) {
                options.columns[column.field] = column.column
            } else if let order = DateOrder(rawValue: text) {
                options.dateOrder = order
            } else if let mapping = StatusMapping(text) {
                options.map([mapping])
            }
        }
        let csv = try CSVReader(source: DataByteSource(Data(text.utf8)), options: CSVOptions())
        return try PeopleFileReader.read(.text(csv), options)
    }

    private static func list(_ name: String) throws -> String {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        return try String(contentsOf: folder.appendingPathComponent("PeopleLists/" + name), encoding: .utf8)
    }

    private static func error(_ text: String, _ given: [String] = []) -> String {
        do {
            return "read: \(try read(text, given).columns)"
        } catch {
            return (error as? any ReadingError)?.sentence ?? "\(error)"
        }
    }

    /// A person with what the list says: addresses | name | manager | department | employment | type
    private static func words(_ person: Person) -> String {
        [
            person.addresses.joined(separator: " "), person.name, person.manager, person.department,
            person.employment(on: today).words ?? "employed", person.employmentType,
        ].joined(separator: " | ")
    }

    /// An export: the options that its message proposes, and what is read with them.
    struct Export: Sendable, CustomTestStringConvertible {
        var name: String
        var options: [String]
        /// What the message says without an option; one for each option.
        var said: [String] = []
        var people: [String]
        var testDescription: String { name }
    }

    private static let exports = [
        Export(
            name: "workday-workers.csv", options: [],
            people: [
                "ada.admin@acme.io | Ada Admin |  | Executive Office | employed | Employee",
                "grace@acme.io | Grace Hopper | ada.admin@acme.io | Engineering | employed | Employee",
                "jose.okafor.12@acme.io | José Okafor | grace@acme.io | Engineering | left on 2026-09-30 | Employee",
                "lars.muller.23@acme.io | Lars Müller | grace@acme.io | Engineering | employed | Contingent Worker",
            ]),
        Export(
            name: "bamboohr-employees.csv", options: ["status=Employment Status"],
            said: ["--people-column 'status=Employment Status', or --people-column status=Status"],
            people: [
                "ada.admin@acme.io | Admin, Ada |  | Executive | employed | ",
                "grace@acme.io | Hopper, Grace | ada.admin@acme.io | Engineering | employed | ",
                "jose.okafor.12@acme.io | Okafor, José | grace@acme.io | Engineering | left on 2026-09-30 | ",
                "lars.muller.23@acme.io | Müller, Lars | grace@acme.io | Engineering | employed | ",
            ]),
        Export(
            name: "personio-employees.csv", options: ["end=Last day of work"],
            said: ["--people-column 'end=Termination date', or --people-column 'end=Last day of work'"],
            people: [
                "ada.admin@acme.io | Ada Admin |  | Executive | employed | Internal",
                "grace@acme.io | Grace Hopper | ada.admin@acme.io | Engineering | employed | Internal",
                "jose.okafor.12@acme.io | José Okafor | grace@acme.io | Engineering | left on 2026-09-30 | Internal",
                "lars.muller.23@acme.io | Lars Müller | grace@acme.io | Engineering | employed | External",
                "mia.roth@acme.io | Mia Roth | grace@acme.io | Engineering | employed | Internal",
            ]),
        Export(
            name: "entra-users.csv", options: [],
            people: [
                "ada.admin@acme.io a.admin@acme.onmicrosoft.example | Ada Admin |  | Executive | employed | Member",
                "grace@acme.io | Grace Hopper |  | Engineering | employed | Member",
                "jose.okafor.12@acme.io | José Okafor |  | Engineering | left or suspended (Status: FALSE) | Member",
                "xi@partner.example | Xi Lin |  |  | employed | Guest",
            ]),
        Export(
            name: "google-users.csv", options: [],
            people: [
                "ada.admin@acme.io | Ada Admin |  | Executive | employed | Full-time",
                "grace@acme.io g.hopper@acme.io | Grace Hopper | ada.admin@acme.io | Engineering | employed | Full-time",
                "jose.okafor.12@acme.io | José Okafor | grace@acme.io | Engineering | left or suspended (Status: Suspended) | Full-time",
                "lars.muller.23@acme.io | Lars Müller | grace@acme.io | Engineering | left or suspended (Status: Archived) | Contractor",
            ]),
        Export(
            name: "okta-people.csv", options: [],
            people: [
                "ada.admin@acme.io | Ada Admin |  | Executive | employed | Employee",
                "grace@acme.io | Grace Hopper | ada.admin@acme.io | Engineering | employed | Employee",
                "jose.okafor.12@acme.io | José Okafor | grace@acme.io | Engineering | left or suspended (Status: DEPROVISIONED) | Employee",
                "lars.muller.23@acme.io | Lars Müller | grace@acme.io | Engineering | employed | Contractor",
            ]),
    ]

    @Test(arguments: exports)
    func `an export is read with the options that the messages propose`(export: Export) throws {
        let text = try Self.list(export.name)
        for (place, said) in export.said.enumerated() {
            let message = Self.error(text, Array(export.options.prefix(place)))
            #expect(message.contains(said), "\(message)")
        }
        let file = try Self.read(text, export.options)
        #expect(file.people.map(Self.words) == export.people, "\(file.columns)")
        #expect(file.knowsLeavers)
        #expect(!file.people.contains { $0.addresses.contains { $0.hasSuffix("home.example") } })
    }

    @Test(
        arguments: [
            ("", "is empty"),
            ("Email,Status\n", "has no rows below its header"),
            ("ada@acme.io,Active\ngrace@acme.io,Left\n", "has no row with headers"),
            ("Name,Team\nAda,Data\n", "has no column of work addresses"),
            ("Email,Name\n,Ada\n", "has no row with an email address"),
            ("Email,Personal email,Work email\na@acme.io,a@home.example,b@acme.io\n", "--people-column email=Email"),
            (
                "Email,End date\na@acme.io,03/02/2026\n",
                "\"03/02/2026\" is 2026-02-03 or 2026-03-02; specify how they are written: --date-format D/M/Y, or "
                    + "--date-format M/D/Y"
            ),
            ("Email,End date\na@acme.io,03/02/2026\nb@acme.io,31/03/2026\nc@acme.io,03/31/2026\n", "--date-format"),
            ("Email,Name,Status,Team\na@acme.io,A,,X,more\n", "is malformed on line 2, column 5"),
            (
                "Email,Name,Team\na@acme.io,A,X\n,Former employees,\nb@acme.io,B,X\n",
                "the title \"Former employees\" on line 3"
            ),
            ("Email,Status\na@acme.io,Q\nb@acme.io,Active\n", "--map-status Q=suspended"),
        ] as [(String, String)])
    func `a list that is unclear is refused`(text: String, message: String) {
        let said = Self.error(text)
        #expect(said.contains(message), "\(said)")
    }

    @Test(
        arguments: [
            ("Terminated", "left"), ("Terminated,2026-09-30", "left on 2026-09-30"),
            ("Terminated,2027-01-31", "left or suspended (Status: Terminated, end date 2027-01-31)"),
            ("Active,2026-09-30", "left or suspended (Status: Active, end date 2026-09-30)"),
            ("Suspended,2026-09-30", "left on 2026-09-30"), (",2026-11-27", "left on 2026-11-27"),
            (",2026-11-28", "employed"), ("Active,2027-01-31", "employed"), ("Active,31.12.9999", "employed"),
            ("On leave", "employed"), ("Ausgeschieden", "left"), ("Disabled", "left or suspended (Status: Disabled)"),
            ("Active,2025-01-31,2026-02-01", "employed"),
            ("Active,2025-01-31,2024-02-01", "left or suspended (Status: Active, end date 2025-01-31)"),
            ("Former employee", "left"), ("Not terminated", "employed"), ("退職済み", "left"),
        ] as [(String, String)])
    func `statuses and end dates say who has left`(cells: String, words: String) throws {
        let padded = cells + String(repeating: ",", count: 2 - cells.count { $0 == "," })
        let file = try Self.read("Email,Status,End date,Start date\na@acme.io,\(padded)\nb@acme.io,Active,,\n")
        #expect(file.people[0].employment(on: Self.today).words ?? "employed" == words)
    }

    @Test(arguments: [("D/M/Y", "2026-02-03"), ("M/D/Y", "2026-03-02")])
    func `the option decides how dates are read`(order: String, end: String) throws {
        let file = try Self.read("Email,End date\na@acme.io,03/02/2026\n", [order])
        #expect(file.people[0].end?.description == end)
        #expect(throws: PeopleFileError.self) {
            try Self.read("Email,End date\na@acme.io,2026-09-30\nb@acme.io,soon\n")
        }
    }

    @Test func `a date that can be read in one way decides about the column`() throws {
        let file = try Self.read("Email,End date\na@acme.io,03/02/2026\nb@acme.io,31/03/2026\n")
        #expect(file.people.map(\.end) == [Day(2026, 2, 3), Day(2026, 3, 31)])
    }

    @Test func `several addresses of a person are kept without private ones`() throws {
        let file = try Self.read(
            "Email,Former email,Personal email,Old private email,proxyAddresses\n"
                + "a@acme.io,old@acme.io,a@home.example,b@home.example,SMTP:a@acme.io;smtp:alias@acme.io\n")
        #expect(file.people[0].addresses == ["a@acme.io", "old@acme.io", "alias@acme.io"])
    }

    @Test func `managers are found by address, id and name, and stay text if two people have the name`() throws {
        let file = try Self.read(
            "Employee ID,Name,Email,Manager\n1,Ann Lee,a@acme.io,B@acme.io\n2,Bo Lee,b@acme.io,1\n"
                + "3,Cy Fox,c@acme.io,\"Lee, Ann\"\n4,Di Fox,d@acme.io,Ed Poe\n5,Ed Poe,e@acme.io,\n6,Ed Poe,f@acme.io,\n"
        )
        #expect(file.people.map(\.manager) == ["B@acme.io", "a@acme.io", "a@acme.io", "Ed Poe", "", ""])
    }

    @Test func `rows without an address and addresses that are none are named`() throws {
        let file = try Self.read("Email,Name\na@acme.io,A\n,B\nbob@,C\n")
        #expect(file.remarks.count == 2)
        #expect(file.remarks[0].hasPrefix("line 4: \"bob@\" is not an email address"))
        #expect(file.remarks[1] == "2 people have no work address, the first on line 3")
    }
}
