import Foundation

/// The format of a report, chosen by its file extension.
public enum ReportFormat: String, Sendable, CaseIterable {
    case xlsx, html, csv, json
    /// Markdown, to paste into a ticket.
    case md

    /// The formats of an evidence folder: `verify` reads each of them, or they show the review as it was.
    public static let filed: [ReportFormat] = [.xlsx, .html, .csv, .json]

    /// `.xlsx, .html, .csv, .json or .md`
    public static let extensions = allCases.map { "." + $0.rawValue }.listed("or")

    /// The format of a path; nil if its extension names none.
    public init?(path: String) {
        self.init(rawValue: (path as NSString).pathExtension.lowercased())
    }
}
