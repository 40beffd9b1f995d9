import Foundation
import Hashing
import Readers
import Reports
import TerminalIO
import Testing

@testable import Reviewing

/// The filled-in files of a review as they are taken and kept.
@Suite struct ReviewBindingTests {
    private let folder: URL

    init() throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("binding-" + UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    /// A filled-in file.
    private func write(_ rows: Int) throws -> String {
        let path = folder.appendingPathComponent("filled.csv")
        let lines = (0..<rows).map { "a\($0)@acme.io,Approve,\($0)" }
        try Data((["email,decision,rowKey"] + lines).joined(separator: "\n").utf8).write(to: path)
        return path.path
    }

    @Test func `what was decided is not taken from one file and kept from another`() throws {
        let path = try write(20_000)
        #expect(try FilledFile(path: path, options: CSVOptions()).rows.count == 20_000)
        var isChanged = false
        let failure = #expect(throws: CommandFailure.self) {
            _ = try FilledFile(path: path, options: CSVOptions()) { _ in
                // Somebody saves it while it is read.
                if !isChanged { _ = try? write(3) }
                isChanged = true
            }
        }
        #expect(isChanged)
        #expect(failure?.sentence?.contains("was changed while it was read") == true)
        #expect(failure?.status == .nothingSent)
    }

    @Test(arguments: [nil, 1, 2, 4])
    func `a plan whose decisions were read by other rules is made anew`(rules: Int?) throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let sums = folder.appendingPathComponent(Manifest.name).path
        try Data("sums".utf8).write(to: URL(fileURLWithPath: sums))
        let files = [try FilledFile(path: write(2), options: CSVOptions())]
        var binding = ReviewBinding(
            review: "q4", folder: folder.path, manifestSHA256: SHA256Text.of(Data("sums".utf8)), files: files)
        #expect(try binding.reread(options: CSVOptions()).files.count == 1)
        binding.reviewRules = rules
        let kept = try #require(try ReviewBinding(binding.json()))
        let failure = #expect(throws: CommandFailure.self) { _ = try kept.reread(options: CSVOptions()) }
        #expect(failure?.sentence?.contains("other rules for reading decisions; save the plan again") == true)
    }

    @Test func `a plan of a review is made anew where its evidence or its decisions were changed`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let sums = folder.appendingPathComponent(Manifest.name)
        try Data("sums".utf8).write(to: sums)
        let files = [try FilledFile(path: write(2), options: CSVOptions())]
        let binding = ReviewBinding(
            review: "q4", folder: folder.path, manifestSHA256: SHA256Text.of(Data("sums".utf8)), files: files)
        _ = try write(3)
        let decisions = #expect(throws: CommandFailure.self) { _ = try binding.reread(options: CSVOptions()) }
        #expect(decisions?.sentence?.contains("the completed reviews were changed after the plan was saved") == true)
        _ = try write(2)
        try Data("other sums".utf8).write(to: sums)
        let evidence = #expect(throws: CommandFailure.self) { _ = try binding.reread(options: CSVOptions()) }
        #expect(evidence?.sentence?.contains("is not the folder of review q4") == true)
    }

    @Test func `a remediation that was filed meanwhile is not overwritten`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let files = [try FilledFile(path: write(2), options: CSVOptions())]
        let bindings = (0..<2).map { _ in
            ReviewBinding(review: "q4", folder: folder.path, manifestSHA256: "", files: files)
        }
        #expect(bindings[0].stem == bindings[1].stem)
        try bindings[0].keep(files)
        let failure = #expect(throws: CommandFailure.self) { try bindings[1].keep(files) }
        #expect(failure?.status == .nothingSent)
        #expect(
            ReviewBinding(review: "q4", folder: folder.path, manifestSHA256: "", files: files).stem == "remediation-2")
    }
}
