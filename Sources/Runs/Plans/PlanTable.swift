import Domain
import Foundation
import TerminalIO

/// The plan as shown before anything is sent.
struct PlanTable {
    let summary: PlanSummary
    let effect: PlanEffect
    /// Requests per second; nil for no limit.
    let rate: Double?
    /// The columns of the list, as described by the reader.
    let mapping: String
    let workspace: String
    /// The number of rows in one request.
    let batch: Int
    /// The width of the terminal; nil for no wrapping.
    var width: Int?

    /// The lines of the table.
    func lines(_ style: TextStyle) -> [String] {
        var lines = [
            Columns.hanging(mapping, behind: "Columns   ", in: width),
            "Workspace \(Terminal.plain(workspace))",
            "",
            style.bold("Plan for \(summary.rows.counted("row"))"),
        ]
        lines += sends
        lines += section("skip", summary.skipped) + section("reject", summary.rejected)
        lines += named(effect.grants, "account", "would get a privileged account type", style)
        lines += named(effect.removals, "user", "would lose access or privileges", style)
        lines += finality(style)
        guard requests > 0 else { return lines }
        lines.append("")
        lines.append("\(requests.counted("request"))\(batch > 1 ? " of up to \(batch) rows" : "")\(time)")
        return lines
    }

    /// A line for each kind of change. If there are only invitations, their kind is not shown.
    private var sends: [String] {
        guard summary.sends.keys.contains(where: { $0 != .invite }) else {
            return [row("send", summary.toSend, types(.invite))] + again
        }
        return WorkspaceChange.Kind.allCases.flatMap { kind -> [String] in
            let count = summary.count(of: kind)
            guard count > 0 else { return [] }
            let words = kind.takesAccountType ? ": " + types(kind) : ""
            return [row("send", count, kind.noun + (count == 1 ? "" : "s") + words)] + (kind == .invite ? again : [])
        }
    }

    /// How many of the invitations replace an expired one.
    private var again: [String] {
        summary.again > 0 ? [row("", nil, "\(summary.again.grouped) re-sent (invitation expired)")] : []
    }

    private func types(_ kind: WorkspaceChange.Kind) -> String {
        (summary.sends[kind] ?? [:]).sorted { ($1.value, $0.key.rawValue) < ($0.value, $1.key.rawValue) }
            .map { "\($0.value.grouped) \(Terminal.plain($0.key.rawValue))" }.joined(separator: ", ")
    }

    /// Which changes can be undone.
    private func finality(_ style: TextStyle) -> [String] {
        // Not shown for a list of invitations only.
        let kinds = WorkspaceChange.Kind.allCases.filter { summary.count(of: $0) > 0 }
        guard kinds.contains(where: { $0 != .invite }) else { return [] }
        let counted = { (kind: WorkspaceChange.Kind) in summary.count(of: kind).counted(kind.noun) }
        let final = kinds.reversed().compactMap { kind in kind.isFinalBecause.map { "\(counted(kind)) (\($0))" } }
        let others = kinds.filter { $0.isFinalBecause == nil }.map(counted)
        var lines = [""]
        if !final.isEmpty { lines.append(style.yellow("Cannot be undone: " + final.joined(separator: ", "))) }
        if !others.isEmpty {
            lines.append("Can be undone: \(others.joined(separator: ", ")), with the undo list that this run writes")
        }
        return lines
    }

    private var requests: Int { (summary.toSend + batch - 1) / batch }

    private var time: String {
        guard let rate else { return ", without a rate limit" }
        let seconds = Double(requests) / rate
        return " at \(pace(rate)): about " + Duration.seconds(seconds).inUnits
    }

    /// `2.5 a second`; in the smallest unit for which the number is at least 1.
    private func pace(_ rate: Double) -> String {
        switch rate {
        case 1...: "\(rate.short()) a second"
        case (1 / 60.0)...: "\((rate * 60).short()) a minute"
        default: "\((rate * 3600).short()) an hour"
        }
    }

    private func section(_ name: String, _ counts: [Ground: Int]) -> [String] {
        let total = counts.values.reduce(0, +)
        guard total > 0 else { return [row(name, 0, "")] }
        let reasons = Ground.allCases.compactMap { ground in
            counts[ground].map { "\(ground.rawValue) (\($0.grouped))" }
        }
        return [row(name, total, reasons.joined(separator: ", "))]
    }

    private func named(_ rows: PlanEffect.Rows, _ noun: String, _ what: String, _ style: TextStyle) -> [String] {
        guard rows.count > 0 else { return [] }
        return ["", style.yellow("\(rows.count.counted(noun)) \(what):")] + rows.lines(in: width)
    }

    private func row(_ name: String, _ count: Int?, _ detail: String) -> String {
        let label = "  " + Columns.tallied(name, to: 8, count?.grouped ?? "") + "  "
        return Columns.hanging(detail, behind: label, in: width).replacing(#/ +$/#, with: "")
    }
}
