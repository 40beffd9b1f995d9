import Domain
import Foundation
import Reports
import TerminalIO

/// A reminder for each reviewer with open accounts, as text and as a message for a mail program.
public struct Reminders {
    private let status: ReviewStatus

    /// Creates the reminders of a review.
    public init(_ status: ReviewStatus) { self.status = status }

    /// Writes the reminders; files of earlier reminders are replaced, and those of reviewers who have finished deleted.
    ///
    /// - Parameter folder: created if necessary.
    /// - Returns: the number of reminders.
    /// - Throws: ``WriteFailure``.
    @discardableResult
    public func write(to folder: String) throws -> Int {
        guard FileStatus(path: folder + "/" + Manifest.name, followsLinks: false) == nil else {
            throw WriteFailure(path: folder, reason: "it is an evidence folder; choose another folder for reminders")
        }
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        var byReviewer: [String: [ReviewState.Account]] = Dictionary(
            status.groups.map { ($0.assignee, []) }, uniquingKeysWith: { first, _ in first })
        for account in status.state.open where account.decided == nil || account.standing == .undecided {
            byReviewer[account.assignee ?? "", default: []].append(account)
        }
        var taken: Set<String> = []
        for (reviewer, accounts) in byReviewer.sorted(by: { $0.key < $1.key }) {
            let name = FileSlug.make(reviewer, orElse: "reviewer", besides: &taken)
            let paths = (text: "\(folder)/\(name).txt", message: "\(folder)/\(name).eml")
            guard !accounts.isEmpty else {
                for path in [paths.text, paths.message] { unlink(path) }
                continue
            }
            let text = text(for: reviewer, accounts)
            try WholeFile.write(Data(text.utf8), to: paths.text)
            try WholeFile.write(Data(message(text, to: reviewer).utf8), to: paths.message)
        }
        return byReviewer.count { !$1.isEmpty }
    }

    private var subject: String {
        let review = status.state.folder.record
        let due = review.due.map { status.isOverdue ? ", overdue since \($0)" : ", due \($0)" } ?? ""
        return Practice.title("Access review \(Terminal.plain(review.review))\(due)", of: review.workspace)
    }

    private func text(for reviewer: String, _ accounts: [ReviewState.Account]) -> String {
        let review = status.state.folder.record
        let greeting = reviewer.isEmpty ? "Hello," : "Hello \(Terminal.plain(reviewer)),"
        let lines = accounts.map { account in
            "  \(Terminal.plain(account.account.email, limit: 254))  "
                + "\(Terminal.plain(account.account.accountType.rawValue))"
                + (account.account.kind == .invite ? "  (invitation)" : "")
        }
        return """
            \(greeting)

            \(accounts.count.counted("account")) in the access review \(Terminal.plain(review.review)) of \
            \(Terminal.plain(review.workspace)) \(accounts.count == 1 ? "has" : "have") no decision from you yet\
            \(review.due.map { ". The decisions \(status.isOverdue ? "were" : "are") due on \($0)" } ?? ""):

            \(lines.joined(separator: "\n"))

            Please complete the workbook that you were sent, and send it to \(Terminal.plain(review.preparer)).

            """
    }

    /// A message in the format of RFC 5322. The text is in UTF-8 (RFC 2045, section 2.8).
    private func message(_ text: String, to reviewer: String) -> String {
        let header = [
            Self.isOneAddress(reviewer) ? "To: \(reviewer)" : nil,
            "Subject: \(Self.encoded(subject))", "X-Unsent: 1", "MIME-Version: 1.0",
            "Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: 8bit",
        ].compactMap(\.self)
        return header.joined(separator: "\r\n") + "\r\n\r\n" + text.replacing("\n", with: "\r\n")
    }

    /// Whether a name is one address that a header field can hold as it is (RFC 5322, section 3.4.1).
    private static func isOneAddress(_ name: String) -> Bool {
        name.wholeMatch(of: #/[A-Za-z0-9._%+'-]+@[A-Za-z0-9.-]+/#) != nil
    }

    /// Text for a header field: as it is, or as encoded words if it has other characters than ASCII (RFC 2047, section 2,
    /// with at most 75 characters each).
    private static func encoded(_ text: String) -> String {
        guard !text.utf8.allSatisfy({ (0x20..<0x7f).contains($0) }) else { return text }
        var words: [String] = []
        var piece = ""
        for character in text {
            if (piece + String(character)).utf8.count > 42 {
                words.append(piece)
                piece = ""
            }
            piece.append(character)
        }
        return (words + [piece]).map { "=?utf-8?B?\(Data($0.utf8).base64EncodedString())?=" }.joined(separator: "\r\n ")
    }
}
