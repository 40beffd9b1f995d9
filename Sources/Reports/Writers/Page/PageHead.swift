import Foundation
import Hashing

/// The values for everything on the page except the rows.
struct PageHead {
    let report: Report
    let templates: TemplateSet

    /// The values for the beginning of the page.
    var values: [String: Any] {
        var values: [String: Any] = [
            "policy": policy, "style": templates.style, "title": report.title, "workspace": workspace,
            "hasWorkspace": !workspace.isEmpty,
            "time": Timestamp.text(report.time),
            "timeInWords": Timestamp.text(report.time, toSeconds: true).replacing("T", with: " ")
                .replacing("Z", with: " UTC"),
            "hasWarnings": !report.warnings.isEmpty, "warnings": report.warnings,
            "contents": report.tables.map { ["id": $0.id, "title": $0.title, "count": Self.number($0.count)] },
            "tallies": report.tallies.filter { !$0.counts.isEmpty }.map(Self.values),
            "groups": report.facts.map { group in
                [
                    "key": group.key, "title": group.title,
                    "facts": group.known.map { fact in
                        ["title": fact.title, "text": Self.text(fact.value)]
                    },
                ] as [String: Any]
            },
        ]
        values.merge(footValues) { first, _ in first }
        return values
    }

    /// The values for the end of the page.
    var footValues: [String: Any] {
        let totals = report.tables.filter { $0.role == .population }
            .map { "\($0.title): \(Self.number($0.count))" }
        let people = report.signOff.map { signOff in
            [
                ("Prepared by", signOff.preparer), ("Reviewed by", signOff.reviewer),
                ("Approved by (must not be the reviewer)", signOff.approver),
            ].map { ["role": $0.0, "name": $0.1] }
        }
        return [
            "title": report.title, "totals": totals.joined(separator: ", "), "script": templates.script,
            "hasSignOff": people != nil, "signOff": people ?? [],
        ]
    }

    /// The content security policy: nothing may be loaded, and the style sheet and the script are allowed by their
    /// hashes (Content Security Policy Level 3, section 8.3).
    private var policy: String {
        let hash = { (text: String) in
            "'sha256-" + SHA256.hash(Data(text.utf8)).base64 + "'"
        }
        return "default-src 'none'; style-src \(hash(templates.style)); script-src \(hash(templates.script)); "
            + "base-uri 'none'; form-action 'none'"
    }

    private var workspace: String {
        report.facts.flatMap(\.facts).first { $0.key == "workspace" }?.value.text ?? ""
    }

    private static func values(of tally: Tally) -> [String: Any] {
        let most = max(1, tally.counts.map(\.count).max() ?? 1)
        return [
            "title": tally.title, "total": number(tally.total),
            "counts": tally.counts.map { label, count in
                [
                    "label": label, "count": number(count),
                    "percent": String(count == 0 ? 0 : max(1, count * 100 / most)),
                ]
            },
        ]
    }

    private static func text(_ cell: Cell) -> String {
        switch cell {
        case .time(let time): Timestamp.text(time, toSeconds: true)
        case .number(let number): Self.number(number)
        default: cell.text
        }
    }

    /// The number with thousands separators.
    static func number(_ number: Int) -> String {
        number.formatted(.number.locale(Locale(identifier: "en_US")).grouping(.automatic))
    }
}
