import Domain
import Foundation
import Hashing
import People
import Readers
import Reports
import TerminalIO

/// The company's own list of people, as a command has read it.
public struct CompanyPeople: Sendable {
    /// The name of the file, or of the setting whose command printed it.
    public let name: String
    /// The SHA-256 of the file, 64 hexadecimal characters.
    public let sha256: String
    /// The people.
    public let directory: PeopleDirectory
    /// The columns in words.
    public let columns: String
    /// Remarks about rows, for readers.
    public let remarks: [String]
    private let unreadable: Set<Int>

    /// Reads a file.
    ///
    /// - Throws: ``CommandFailure`` if the file is no list of people, or can be read in two ways.
    public init(path: String, _ options: PeopleFileOptions) throws {
        let bytes: Data
        do {
            bytes =
                path == "-"
                ? FileHandle.standardInput.readDataToEndOfFile() : try Data(contentsOf: URL(fileURLWithPath: path))
        } catch {
            throw CommandFailure(
                .nothingSent, code: .inputInvalid,
                "\(Terminal.plain(path, limit: 1000)) cannot be read; check that it is a file, and its permissions")
        }
        try self.init(bytes, name: path == "-" ? "standard input" : path, options)
    }

    /// Reads the content of a file.
    ///
    /// - Parameter name: the name of the file in messages.
    /// - Throws: ``CommandFailure`` if it is no list of people, or can be read in two ways.
    public init(_ bytes: Data, name: String, _ options: PeopleFileOptions) throws {
        let file: PeopleFile
        do {
            file = try ScratchFolder.with { folder in
                // A workbook is read by its path.
                let path = try folder.add("people", bytes)
                if try ListSource.isWorkbook(path) {
                    return try PeopleFileReader.read(ListSource(workbook: path, options), options)
                }
                return try PeopleFileReader.read(
                    .text(CSVReader(source: DataByteSource(bytes), options: options.csv)), options)
            }
        } catch {
            throw CommandFailure.reading(name, error)
        }
        self.name = (name as NSString).lastPathComponent
        sha256 = SHA256Text.of(bytes)
        directory = PeopleDirectory(file.people, knowsLeavers: file.knowsLeavers)
        columns = file.columns
        unreadable = file.unreadable
        remarks =
            file.remarks
            + directory.sharedAddresses.map { shared in
                "\(shared.address) is the work address of several people, on lines "
                    + "\(shared.lines.map(String.init).listed("and")); they count as one"
            }
    }

    /// Compares the list with the addresses of accounts.
    ///
    /// - Throws: ``CommandFailure`` if nobody in the list has one of the addresses: it is the list of another company,
    ///   or an address in it is written in another way, and would make everybody unknown.
    public func refuseIfForeign(matches: Int, of accounts: Int) throws {
        guard matches == 0, accounts > 0 else { return }
        let example = directory.people.lazy.compactMap(\.addresses.first).first ?? ""
        throw CommandFailure(
            .nothingSent, code: .inputInvalid,
            "\(Terminal.plain(name)) has none of the \(accounts.counted("account")), so it may be the list of another "
                + "company; its addresses are such as \(Terminal.plain(example, limit: 254)); another column may have the "
                + "work addresses: --people-column email=COLUMN")
    }

    /// The lines of people who have left by a day, and whose address cannot be read, so that their accounts were not found.
    public func unreadableLeavers(on day: Day) -> [Int] {
        directory.people.filter { person in
            guard unreadable.contains(person.line), case .left = person.employment(on: day) else { return false }
            return true
        }.map(\.line)
    }

    /// Says which columns are used, and the remarks about rows.
    public func tell(on console: Console) {
        console.say("\(Terminal.plain(name)): \(columns)")
        for remark in remarks.prefix(10) { console.warn(Terminal.plain(remark, limit: 500)) }
        if remarks.count > 10 { console.warn("\(remarks.count - 10) more remarks about the list") }
    }
}
