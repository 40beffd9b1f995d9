import Foundation

extension Int {
    /// With thousands apart: `1,000,000`.
    var grouped: String { formatted(.number.locale(.plain).grouping(.automatic)) }

    /// `1 row`, `2 rows`.
    func counted(_ noun: String) -> String { "\(grouped) \(noun)\(self == 1 ? "" : "s")" }
}

extension Locale {
    /// The same words and numbers everywhere; reports and scripts read them.
    static let plain = Locale(identifier: "en_US")
}

extension Duration {
    /// Seconds, with fractions.
    var seconds: Double { Double(components.seconds) + Double(components.attoseconds) * 1e-18 }

    /// In the two largest units: `40 s`, `2 min 5 s`, `27 h 47 min`.
    var inWords: String {
        let total = Int(seconds.rounded(.up))
        return switch total {
        case ..<0: "0 s"
        case ..<60: "\(total) s"
        case ..<3600: total % 60 == 0 ? "\(total / 60) min" : "\(total / 60) min \(total % 60) s"
        default: "\(total / 3600) h \(total % 3600 / 60) min"
        }
    }
}
