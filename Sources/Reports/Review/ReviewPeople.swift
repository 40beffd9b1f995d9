import Domain
import Foundation
import Hashing
import People

/// The company's own list of people, as a review compares its accounts with it.
public struct ReviewPeople: Sendable {
    /// The name of the original file.
    public let name: String
    /// The SHA-256 of the original file, 64 hexadecimal characters.
    public let sha256: String
    /// The comparison.
    public let comparison: PeopleComparison
    /// How the accounts are divided among managers; nil if they are not, and for folders of earlier versions.
    public let managers: ManagerRule?
    /// What makes a copy of the list without some columns checkable; nil for folders of earlier versions.
    let proof: PeopleProof?
    /// The salts of the columns; nil for folders of earlier versions, and in a redacted copy.
    let salts: PeopleSalts?

    /// Takes a comparison, with new salts.
    public init(name: String, sha256: String, _ comparison: PeopleComparison, _ managers: ManagerRule? = nil) {
        let salts = PeopleSalts.random()
        self.init(name: name, sha256: sha256, comparison, managers, PeopleProof(of: comparison, salts), salts)
    }

    fileprivate init(
        name: String, sha256: String, _ comparison: PeopleComparison, _ managers: ManagerRule?, _ proof: PeopleProof?,
        _ salts: PeopleSalts?
    ) {
        self.name = name
        self.sha256 = sha256
        self.comparison = comparison
        self.managers = managers
        self.proof = proof
        self.salts = salts
    }

    /// The same list, compared on another day and with the settings of that day.
    public func compared(
        on day: Day, services: [ServiceAccount], exceptions: [FindingException]
    ) -> ReviewPeople {
        let other = PeopleComparison(
            with: comparison.directory, on: day, services: services, exceptions: exceptions)
        return ReviewPeople(
            name: name, sha256: sha256, other, managers, salts.map { PeopleProof(of: other, $0) }, salts)
    }

    /// The name of the stored list in an evidence folder.
    public static let fileName = "people.csv"

    /// The stored list: the columns that are used, and nothing else of the original.
    var stored: Report {
        var report = Report(
            kind: .people, title: "The company's own list of people", time: Date(timeIntervalSince1970: 0))
        report.tables = [
            Table(
                id: "people", title: "People", note: "", role: .population, columns: Self.columns,
                rows: comparison.directory.people)
        ]
        return report
    }

    fileprivate static let columns: [RowColumn<Person>] = [
        RowColumn("line", "Line", 6, "The line of the original.") { .number($0.line) },
        RowColumn("email", "Email", 30, "The work address.") { Cell($0.addresses.first) },
        RowColumn("otherEmails", "Other emails", 30, "Other addresses at work, also former ones.") {
            Cell($0.addresses.dropFirst().joined(separator: " "))
        },
        RowColumn("name", "Name", 20, "The name.") { Cell($0.name) },
        RowColumn("manager", "Manager", 30, "The address of the manager, or the text of the original.") {
            Cell($0.manager)
        },
        RowColumn("department", "Department", 20, "The department.") { Cell($0.department) },
        RowColumn("status", "Status", 14, "The status as in the original.") { Cell($0.statusText) },
        RowColumn("meaning", "Meaning", 10, "What the status means: active, suspended or left.") {
            Cell($0.status?.rawValue)
        },
        RowColumn("start", "Start", 10, "The first day of work.") { Cell($0.start?.description) },
        RowColumn("end", "End", 10, "The last day of work.") { Cell($0.end?.description) },
        RowColumn("employmentType", "Employment type", 16, "As in the original.") { Cell($0.employmentType) },
    ]

    /// The headers of the stored list.
    public static var keys: [String] { columns.map(\.column.key) }
}

extension Person {
    /// Reads a row of the stored list, in the order of ``ReviewPeople/keys``; nil for a row that is none.
    public init?(stored cells: [String]) {
        guard cells.count == ReviewPeople.keys.count, let line = Int(cells[0]) else { return nil }
        let status = Person.Status(rawValue: cells[7])
        let (start, end) = (Day(cells[8]), Day(cells[9]))
        guard cells[7].isEmpty == (status == nil), cells[8].isEmpty == (start == nil), cells[9].isEmpty == (end == nil)
        else { return nil }
        let others = cells[2].split(separator: " ").map(String.init)
        self.init(
            line: line, addresses: cells[1].isEmpty ? [] : [cells[1]] + others, name: cells[3], manager: cells[4],
            department: cells[5], statusText: cells[6], status: status, start: start, end: end,
            employmentType: cells[10])
    }
}

/// What the reports of a review state about the company's own list, besides its rows: a member of `history.json`.
public struct PeopleRecord: Codable, Sendable {
    /// The name of the original file.
    public var name: String
    /// The SHA-256 of the original file, 64 hexadecimal characters.
    public var sha256: String
    /// The day of the comparison, such as 2026-11-28.
    public var day: String
    /// Whether the list says who has left.
    public var knowsLeavers: Bool
    /// The accounts that belong to no person.
    public var serviceAccounts: [ServiceAccount]
    /// The accounts whose findings are accepted.
    public var exceptions: [FindingException]
    /// How the accounts are divided among managers; nil if they are not, and in records of versions without it.
    public var managers: ManagerRule?
    /// What makes a copy without some columns checkable; nil in records of versions without it.
    public var proof: PeopleProof?

    init(_ people: ReviewPeople) {
        name = people.name
        sha256 = people.sha256
        day = people.comparison.day.description
        knowsLeavers = people.comparison.directory.knowsLeavers
        serviceAccounts = people.comparison.services
        exceptions = people.comparison.exceptions
        managers = people.managers
        proof = people.proof
    }

    /// The comparison with the stored list; nil if the record names a day that does not exist.
    ///
    /// - Parameter salts: the salts of all columns; nil for folders of earlier versions, and if the rows lack fields.
    public func people(_ rows: [Person], _ salts: PeopleSalts?) -> ReviewPeople? {
        guard let day = Day(day) else { return nil }
        let comparison = PeopleComparison(
            with: PeopleDirectory(rows, knowsLeavers: knowsLeavers), on: day, services: serviceAccounts,
            exceptions: exceptions)
        return ReviewPeople(
            name: name, sha256: sha256, comparison, managers, salts.map { PeopleProof(of: comparison, $0) } ?? proof,
            salts)
    }

    /// Whether another record is about the same list, read in the same way; the day and the settings may differ.
    public func isOfSameList(as other: PeopleRecord) -> Bool {
        name == other.name && sha256 == other.sha256 && knowsLeavers == other.knowsLeavers
            && managers == other.managers && proof?.columns == other.proof?.columns
    }
}

/// What makes a copy of the company's own list checkable that lacks some columns, and what findings depend on them.
public struct PeopleProof: Codable, Hashable, Sendable {
    /// The SHA-256 of each column by its key, 64 hexadecimal characters: of its salt and its cells in UTF-8, each with a
    /// zero byte after it.
    public var columns: [String: String]
    /// The lines of the people whose manager has left.
    public var managersLeft: [Int]

    /// The name of the file with the salts in an evidence folder. A redacted copy lacks it: without the salt, nobody can
    /// find out what a column contains by trying.
    public static let saltsName = "people.salts.json"

    init(of comparison: PeopleComparison, _ salts: PeopleSalts) {
        let people = comparison.directory.people
        columns = Self.hashes(of: people, salts.columns)
        managersLeft = zip(people, comparison.managersHaveLeft).filter(\.1).map(\.0.line)
    }

    private static func hashes(of people: [Person], _ salts: [String: String]) -> [String: String] {
        Dictionary(
            uniqueKeysWithValues: ReviewPeople.columns.map { column in
                var hash = SHA256()
                var bytes = Array((salts[column.column.key] ?? "").utf8) + [0]
                for person in people {
                    bytes.append(contentsOf: column.cell(person).text.utf8)
                    bytes.append(0)
                    if bytes.count > 1 << 16 {
                        bytes.withUnsafeBytes { hash.update($0) }
                        bytes.removeAll(keepingCapacity: true)
                    }
                }
                bytes.withUnsafeBytes { hash.update($0) }
                return (column.column.key, hash.digest.text)
            })
    }

    /// The titles of the columns whose cells are not those of the original.
    ///
    /// - Parameters:
    ///   - salts: the salts of the other columns.
    ///   - fields: those that the rows do not have.
    public func wrong(
        in people: [Person], _ salts: [String: String], without fields: [RedactionRecord.Field]
    ) -> [String] {
        let found = Self.hashes(of: people, salts)
        return ReviewPeople.columns.map(\.column).filter { column in
            !fields.contains { $0.rawValue == column.key } && found[column.key] != columns[column.key]
        }.map(\.title)
    }

    /// The rows without the fields, with what findings depend on.
    public func redacted(_ people: [Person], without fields: [RedactionRecord.Field]) -> [Person] {
        let left = Set(managersLeft)
        return people.map { person in
            var person = person
            for field in fields {
                switch field {
                case .manager:
                    person.manager = RedactionRecord.mark
                    person.managerHasLeft = left.contains(person.line)
                case .department: person.department = RedactionRecord.mark
                case .employmentType: person.employmentType = RedactionRecord.mark
                }
            }
            return person
        }
    }
}

/// A random text for each column of the list, which its hash covers: `people.salts.json`.
public struct PeopleSalts: Codable, Hashable, Sendable {
    /// 32 hexadecimal characters by the key of a column.
    public var columns: [String: String]

    static func random() -> PeopleSalts {
        PeopleSalts(
            columns: Dictionary(
                uniqueKeysWithValues: ReviewPeople.keys.map { key in
                    let bytes = (0..<16).map { _ in UInt8.random(in: .min ... .max) }
                    return (key, bytes.map { Hexadecimal.text($0, digits: 2) }.joined())
                }))
    }
}
