import Domain
import Foundation
import TerminalIO

/// What there is to know besides the commands: `rollcall help csv`.
enum HelpTopic: String, CaseIterable {
    case csv
    case exitStatus = "exit-status"
    case credentials, safety

    /// One line about it.
    var abstract: String { page.abstract }

    /// The page of the topic.
    var page: HelpPage {
        let (abstract, blocks) =
            switch self {
            case .csv: CSVTopic.content
            case .exitStatus: ExitStatus.topic
            case .credentials: CredentialsTopic.content
            case .safety: SafetyTopic.content
            }
        return HelpPage(name: "rollcall-" + rawValue, section: .miscellany, abstract: abstract, blocks: blocks)
    }

    /// The topics as lines of a command's help: name, and what it is about.
    static var list: String {
        let width = (allCases.map(\.rawValue.count).max() ?? 0) + 2
        return allCases.map { topic in
            "  " + Columns.padded(topic.rawValue, to: width) + topic.abstract
        }.joined(separator: "\n")
    }
}
