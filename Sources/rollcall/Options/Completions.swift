import ArgumentParser
import Domain
import Foundation
import Sandbox

/// What a shell offers where the parser cannot know it.
extension CompletionKind {
    /// A list of people.
    static let peopleList = CompletionKind.file(extensions: ["csv", "tsv", "txt", "xlsx"])

    /// A file to write a report to.
    static let report = CompletionKind.file(extensions: ReportFormat.allCases.map(\.rawValue))

    /// How a review is shared out: by a word, or by a list.
    static let split = CompletionKind.custom { _, _, prefix in
        let folder = (prefix as NSString).deletingLastPathComponent
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.isEmpty ? "." : folder)) ?? []
        return ["accountType", "domain", "manager"]
            + names.filter { $0.hasSuffix(".csv") || $0.hasSuffix(".xlsx") }.sorted().map {
                (folder as NSString).appendingPathComponent($0)
            }
    }

    /// A fault of the sandbox, which waits for its rate.
    static let fault = CompletionKind.list(Fault.allCases.map { $0.rawValue + "=" })
}
