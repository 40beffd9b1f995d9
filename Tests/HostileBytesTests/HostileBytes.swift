import Domain
import Foundation
import JSONReading
import Populations
import TestWorkbooks

@testable import Readers
@testable import WorkspaceAPI

/// The places where bytes from outside are taken apart, each with what must hold whatever the bytes are. Above all
/// each comes back.
enum HostileBytes: UInt8, CaseIterable {
    case people, sheet, sharedStrings, archive, roster, workspaces, document, answer, retryAfter, auditLog

    /// Takes the bytes apart, and stops the process where something does not hold.
    func take(_ bytes: [UInt8]) {
        let data = Data(bytes)
        switch self {
        case .people: Self.people(data)
        case .sheet:
            let (rows, error) = Self.rows(data, piece: .max)
            let (others, otherError) = Self.rows(data, piece: 31)
            // expat may find another reason first, and none is needed to send nothing.
            precondition(rows == others && (error == nil) == (otherError == nil), "pieces make other rows")
        case .sharedStrings: _ = try? SharedStrings(PartReader(name: "s", source: DataByteSource(data)))
        case .archive: Self.archive(data)
        case .roster: Self.roster(data)
        case .workspaces: Self.workspaces(data)
        case .document: Self.document(data)
        case .answer: Self.answer(data)
        case .retryAfter: Self.retryAfter(bytes)
        case .auditLog: Self.auditLog(bytes)
        }
    }

    private static func auditLog(_ bytes: [UInt8]) {
        let isOutlined = (try? JSONOutline(bytes)) != nil
        precondition(isOutlined || (try? JSONDocument(bytes)) == nil, "the grammar refuses what a reader takes")
        let whole = events(in: bytes, piece: .max)
        precondition(whole == events(in: bytes, piece: 31), "pieces make other events")
        precondition(whole == nil || isOutlined, "not JSON, and it was taken")
    }

    /// The members of the events of a log, and what is used around them; nil if it is not JSON.
    private static func events(in bytes: [UInt8], piece: Int) -> [String]? {
        final class Found { var events: [String] = [] }
        let found = Found()
        var scanner = AuditLogScanner(batchSize: piece) { batch, _ throws(UnusableListing) in
            let events = try AuditEvent.all(in: batch)
            found.events += events.map { event in
                event.members.map { "\($0.key) \($0.value)" }.sorted().joined(separator: ", ")
            }
            return events.count
        }
        do {
            for start in stride(from: 0, to: bytes.count, by: min(piece, max(1, bytes.count))) {
                try bytes[start..<min(bytes.count, start + min(piece, bytes.count))].withUnsafeBytes {
                    try scanner.take($0)
                }
            }
            _ = try AuditLogResponse.read(try scanner.finish())
        } catch {
            return nil
        }
        return found.events
    }

    private static func rows(_ data: Data, piece: Int) -> (rows: [[String]], error: WorkbookError?) {
        var texts = SharedStrings()
        for text in ["one", "two"] { texts.append(text) }
        var (rows, last) = ([[String]](), 0)
        do {
            let part = { PartReader(name: "s", source: DataByteSource(data, piece: piece)) }
            try SheetReader.read(part, texts) { row in
                precondition(row.width <= 16_384, "more columns than Excel has")
                precondition(row.number > last, "two rows of one number, or numbers that go back")
                last = row.number
                rows.append(["\(row.number)"] + row.cells.map { "\($0.column) \($0.text)" })
            }
        } catch {
            return (rows, error as? WorkbookError)
        }
        return (rows, nil)
    }

    private static func people(_ data: Data) {
        var options = CSVOptions()
        options.bufferBytes = 64
        var list = ListOptions(.invite)
        list.takesAllRows = true
        guard let csv = try? CSVReader(source: DataByteSource(data, piece: 7), options: options),
            var reader = try? PeopleReader(.text(csv), list)
        else { return }
        var last = 0
        try? reader.forEach { row in
            precondition(row.location.line > last, "two rows on one line, or lines that go back")
            last = row.location.line
        }
        precondition(last <= data.count + 1, "more lines than bytes")
    }

    private static func archive(_ data: Data) {
        let path = FileManager.default.temporaryDirectory.path + "/hostile-\(UUID().uuidString)"
        guard FileManager.default.createFile(atPath: path, contents: data) else { return }
        defer { try? FileManager.default.removeItem(atPath: path) }
        guard let book = try? WorkbookReader(path: path) else { return }
        for sheet in book.sheetNames { try? book.rows(of: sheet) { _ in } }
    }

    private static func roster(_ data: Data) {
        guard let roster = try? RosterDecoder.population(ResponseBody(data)).roster else { return }
        checkJSON(data)
        for user in roster.active {
            precondition(!user.uid.unicodeScalars.contains { $0.properties.generalCategory == .control }, "a uid")
            for text in [user.email, user.name, user.accountType.rawValue] {
                precondition(!text.utf8.contains(0), "NUL")
            }
        }
    }

    private static func workspaces(_ data: Data) {
        guard let workspaces = try? RosterDecoder.workspaces(ResponseBody(data)) else { return }
        checkJSON(data)
        for workspace in workspaces {
            precondition(!workspace.uid.unicodeScalars.contains { $0.properties.generalCategory == .control }, "a uid")
        }
    }

    private static func document(_ data: Data) {
        let isValid = (try? JSONDocument.check(data)) != nil
        guard let document = try? JSONDocument(ResponseBody(data)) else {
            return precondition(!isValid, "a check takes what a reader does not")
        }
        precondition(isValid, "a check refuses what a reader takes")
        checkJSON(data)
        let depth = deepest(document.root)
        precondition(depth <= 128, "deeper than the limit")
    }

    private static func deepest(_ value: JSONValue) -> Int {
        switch value {
        case .array(let list): 1 + (list.map(deepest).max() ?? 0)
        case .object(let members): 1 + (members.values.map(deepest).max() ?? 0)
        default: 0
        }
    }

    /// What was taken for JSON is JSON to another parser as well.
    private static func checkJSON(_ data: Data) {
        let other = try? JSONSerialization.jsonObject(with: data, options: .fragmentsAllowed)
        precondition(other != nil, "not JSON, and it was taken")
    }

    private static func answer(_ data: Data) {
        let classifier = AnswerClassifier(
            redactor: Redactor(["sekret"]), now: Date(timeIntervalSince1970: 1_790_000_000))
        for status in [200, 204, 301, 400, 401, 404, 429, 500, 503] {
            let response = TransportResponse(
                status: status, head: "Retry-After: " + String(decoding: data.prefix(40), as: UTF8.self),
                body: ResponseBody(data))
            for count in [1, 2] {
                let request = OperationRequest(Array(repeating: .disable(uid: "u"), count: count))
                let answers = classifier.answers(to: request, response)
                precondition(answers.count == count, "not an answer to each operation")
                for answer in answers { check(answer, of: status, data) }
            }
        }
    }

    private static func check(_ answer: Answer, of status: Int, _ data: Data) {
        let text = String(describing: answer)
        precondition(!text.contains("sekret"), "a secret in an answer's reason")
        precondition(!text.contains("\u{1b}"), "an escape in an answer's reason")
        if answer == .done {
            precondition((200..<300).contains(status), "done, and the status says no")
            precondition(data.range(of: Data("true".utf8)) != nil, "done, and nobody said true")
            checkJSON(data)
        }
    }

    private static func retryAfter(_ bytes: [UInt8]) {
        let now = Date(timeIntervalSince1970: 1_790_000_000)
        guard let wait = RetryAfter.parse(String(decoding: bytes, as: UTF8.self), now: now) else { return }
        precondition(wait >= .zero && wait <= .seconds(RetryAfter.longest), "a wait without bounds")
    }

    /// Bytes as they should be, for others to be made of.
    var models: [[UInt8]] {
        let texts: [String] =
            switch self {
            case .people:
                [
                    "Email;Account type\r\nann@acme.io;DEVELOPER\r\n\"b\"\"ob@acme.io\";\"AD\nMIN\"\r\n",
                    "sep=|\nemail|role\na@b.io|ADMIN\n\n", "\u{feff}a@b.io\tADMIN\n",
                    "email,type\n'=1+1,\"x",
                ]
            case .sheet:
                [
                    "<?xml version=\"1.0\"?><worksheet xmlns=\"\(TestWorkbook.main)\"><sheetData><row r=\"1\">"
                        + "<c r=\"A1\" t=\"s\"><v>1</v></c><c r=\"XFD1\" t=\"inlineStr\"><is><r><t>a</t></r><r>"
                        + "<t>&lt;_x0041_</t></r></is></c></row><row><c t=\"b\"><v>1</v></c><c><f>1+1</f><v>2.5</v></c>"
                        + "<c t=\"str\"><f>1</f></c></row></sheetData>"
                        + "<mergeCells><mergeCell ref=\"A5:B9\"/></mergeCells></worksheet>"
                ]
            case .sharedStrings:
                [
                    "<sst xmlns=\"\(TestWorkbook.main)\"><si><t>one</t></si><si><r><t>t</t></r><r><t>wo</t></r><rPh><t>no"
                        + "</t></rPh></si></sst>"
                ]
            case .archive: []
            case .roster:
                [
                    #"{"data":{"listUsers":{"ok":true,"activeUsers":[{"uid":"1","email":"a@b.io","name":"A","#
                        + #""accountType":"ADMIN"}],"invitedUsers":[{"email":"c@b.io","accountType":"X","#
                        + #""inviteStatus":"SENT"}]}}}"#,
                    #"{"data":null,"errors":[{"message":"no","extensions":{"code":"UNAUTHENTICATED"}}]}"#,
                ]
            case .workspaces:
                [
                    #"{"data":{"listWorkspaces":{"ok":true,"workspaces":[{"uid":"w\u00e9","name":"W"}]}}}"#,
                    #"{"data":null,"errors":[{"message":"no","extensions":{"code":"UNAUTHENTICATED"}}]}"#,
                ]
            case .document:
                [
                    #" {"a":[1,-2.5e3,true,false,null,"\ud83e\udd8a\n",{"b":{}}],"c":18446744073709551615} "#,
                    #"[[[[[[]]]]],"é",{"x":[{"y":"\\\/"}]}]"#, "null",
                ]
            case .auditLog:
                [
                    #"{"data":{"getAuditLogs":{"auditLogs":[{"id":1,"actorEmail":"a@b.io","createdDttm":"2026-01-01","#
                        + #""workspaceId":7,"metadataJson":"{\"a\": []}"},{"id":2,"n":[{}]}],"ok":true}},"errors":null}"#,
                    #"{"data":{"getAuditLogs":{"auditLogs":[]}}}"#,
                ]
            case .answer:
                [
                    #"{"data":{"inviteUser":{"ok":true}}}"#, #"{"data":{"inviteUser":{"ok":false}}}"#,
                    #"{"errors":[{"message":"sekret \u001b[31m"}],"data":{"inviteUser":{"ok":true}}}"#,
                    "<html><title>sekret</title></html>",
                ]
            case .retryAfter:
                [
                    "120", "Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT",
                    "Sun Nov  6 08:49:37 1994",
                    "99999999999999999999",
                ]
            }
        return texts.map { Array($0.utf8) } + (self == .archive ? [Self.workbook] : [])
    }

    /// A small workbook, packed without compression, so that damage reaches what is in it.
    private static let workbook = TestWorkbook(
        sheet: String(decoding: HostileBytes.sheet.models[0], as: UTF8.self),
        strings: String(decoding: HostileBytes.sharedStrings.models[0], as: UTF8.self)
    ).bytes
}
