import Foundation

extension Int {
    /// With thousands separators: `1,000,000`.
    ///
    /// Not with Foundation, which would load the number formats of all languages into memory: 20 MB.
    public var grouped: String {
        var text = String(magnitude)
        var place = text.count - 3
        while place > 0 {
            text.insert(",", at: text.index(text.startIndex, offsetBy: place))
            place -= 3
        }
        return (self < 0 ? "-" : "") + text
    }

    /// `1 row`, `2 rows`.
    public func counted(_ noun: String) -> String { counted(noun, noun + "s") }

    /// `1 person`, `25 people`.
    public func counted(_ one: String, _ more: String) -> String { "\(grouped) \(self == 1 ? one : more)" }
}

extension Double {
    /// With this number of decimal places, in every locale.
    public func rounded(to digits: Int) -> String { String(format: "%.\(digits)f", self) }

    /// With at most this number of decimal places: `2.5`, `10`.
    public func short(_ digits: Int = 2) -> String {
        var text = rounded(to: digits)
        guard text.contains(".") else { return text }
        while text.hasSuffix("0") { text.removeLast() }
        if text.hasSuffix(".") { text.removeLast() }
        return text
    }
}

extension Duration {
    /// In the two largest units: `40 s`, `2 min 5 s`, `27 h 47 min`.
    public var inUnits: String {
        let total = Int(inSeconds.rounded(.up))
        return switch total {
        case ..<0: "0 s"
        case ..<60: "\(total) s"
        case ..<3600: total % 60 == 0 ? "\(total / 60) min" : "\(total / 60) min \(total % 60) s"
        default: "\(total / 3600) h \(total % 3600 / 60) min"
        }
    }
}

extension String {
    /// The text; nil if it is empty.
    public var nonEmpty: String? { isEmpty ? nil : self }
}
