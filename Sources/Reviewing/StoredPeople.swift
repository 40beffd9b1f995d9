import Domain
import Foundation
import People
import Reports

/// The company's own list of people, as an evidence folder has it.
public struct StoredPeople {
    /// Why it cannot be used.
    public struct Failure: Error {
        /// What is wrong, as a clause.
        public var reason: String
    }

    /// The rows of the list; those of a redacted copy lack fields.
    public let rows: [Person]
    /// The salts of the columns; nil for folders of earlier versions and in a redacted copy.
    public let salts: PeopleSalts?

    /// Reads the list of a folder.
    ///
    /// - Parameters:
    ///   - record: what the history says about it.
    ///   - isRedacted: whether the folder is a redacted copy, which has no salts.
    /// - Throws: ``Failure``.
    public init(_ record: PeopleRecord, in folder: String, isRedacted: Bool = false) throws {
        var rows: [Person] = []
        var (isHeader, isGood) = (true, true)
        let isRead = CSVReadBack.rows(of: folder + "/" + ReviewPeople.fileName) { row in
            if isHeader {
                isGood = row.cells == ReviewPeople.keys
            } else if let person = Person(stored: row.cells) {
                rows.append(person)
            } else {
                isGood = false
            }
            isHeader = false
        }
        guard isRead, isGood else { throw Failure(reason: "\(ReviewPeople.fileName) cannot be read") }
        self.rows = rows
        guard record.proof != nil, !isRedacted else {
            salts = nil
            return
        }
        guard let bytes = OrdinaryFile.bytes(at: folder + "/" + PeopleProof.saltsName, upTo: 1 << 20),
            let found = try? RecordJSON.decode(PeopleSalts.self, from: bytes)
        else { throw Failure(reason: "\(PeopleProof.saltsName) cannot be read") }
        salts = found
    }
}

extension ReviewedFolder {
    /// The list of people that the review was compared with, compared once more on another day; nil if it was compared with
    /// none.
    ///
    /// - Throws: ``CommandFailure`` if a file was changed after it was written, or cannot be read.
    public func people(
        on day: Day, services: [ServiceAccount], exceptions: [FindingException]
    ) throws -> ReviewPeople? {
        guard
            Manifest(at: path + "/" + Manifest.name)?.entries.contains(where: { $0.file == ReviewPeople.fileName })
                == true
        else { return nil }
        let bytes = try SealedFile.read(HistoryRecord.name, of: Manifest.name, in: path)
        guard let record = try RecordJSON.decode(HistoryRecord.self, from: bytes).people else { return nil }
        for name in [ReviewPeople.fileName] + (record.proof == nil ? [] : [PeopleProof.saltsName]) {
            try SealedFile.check(name, of: Manifest.name, in: path)
        }
        guard let stored = try? StoredPeople(record, in: path), let people = record.people(stored.rows, stored.salts)
        else { throw SealedFile.failure(ReviewPeople.fileName, in: path) }
        return people.compared(on: day, services: services, exceptions: exceptions)
    }
}
