import Domain
import Foundation

/// The plan as people see it before anything is sent.
struct PlanTable {
    let summary: PlanSummary
    /// Requests a second; nil for no limit.
    let rate: Double?
    /// Where the mapping was found, as the reader describes it.
    let mapping: String
    let workspace: String

    /// How many privileged accounts are named one by one.
    static let privilegedLimit = 20

    /// The table, a line each.
    func lines(_ console: Console) -> [String] {
        var lines = [
            "Columns   \(mapping)",
            "Workspace \(Terminal.plain(workspace))",
            "",
            console.bold("Plan for \(summary.rows.counted("row"))"),
        ]
        lines.append(row("send", summary.toSend, types))
        if summary.again > 0 {
            lines.append(row("", nil, "\(summary.again.grouped) of them again, because their invite has expired"))
        }
        lines += section("skip", summary.skipped) + section("reject", summary.rejected)
        if summary.privilegedCount > 0 { lines += privileged(console) }
        lines.append("")
        lines.append("\(summary.toSend.counted("request"))\(time)")
        return lines
    }

    private var types: String {
        summary.types.sorted { ($1.value, $0.key.rawValue) < ($0.value, $1.key.rawValue) }
            .map { "\($0.value.grouped) \(Terminal.plain($0.key.rawValue))" }.joined(separator: ", ")
    }

    private var time: String {
        guard let rate else { return ", as fast as the API answers" }
        let seconds = Double(summary.toSend) / rate
        return " at \(rate.formatted(.number.precision(.fractionLength(0...2)).locale(.plain))) a second: about "
            + Duration.seconds(seconds).inWords
    }

    private func section(_ name: String, _ counts: [Ground: Int]) -> [String] {
        let total = counts.values.reduce(0, +)
        guard total > 0 else { return [row(name, 0, "")] }
        let reasons = Ground.allCases.compactMap { ground in
            counts[ground].map { "\($0.grouped) \(ground.rawValue)" }
        }
        return [row(name, total, reasons.joined(separator: ", "))]
    }

    private func privileged(_ console: Console) -> [String] {
        let count = summary.privilegedCount
        let title = "\(count.grouped) would get a privileged account type:"
        var lines = ["", console.yellow(title)]
        for grant in summary.privileged {
            lines.append("  line \(grant.line)  \(Terminal.plain(grant.email, limit: 254))  \(grant.accountType)")
        }
        if count > summary.privileged.count {
            lines.append("  and \((count - summary.privileged.count).grouped) more")
        }
        return lines
    }

    private func row(_ name: String, _ count: Int?, _ detail: String) -> String {
        let number = count?.grouped ?? ""
        let pad = String(repeating: " ", count: max(0, 11 - number.count))
        let text = "  " + name.padding(toLength: 8, withPad: " ", startingAt: 0) + pad + number + "  " + detail
        return text.replacing(#/ +$/#, with: "")
    }
}
