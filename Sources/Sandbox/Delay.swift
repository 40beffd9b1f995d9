import Domain

/// A time to wait, written `50ms`, `2s` or `1m`.
public struct Delay: Hashable, Sendable {
    /// Zero or more.
    public let duration: Duration

    /// Reads `NUMBER` with the unit `ms`, `s` or `m`; fractions are allowed.
    ///
    /// - Throws: ``InvalidOption`` with the valid forms.
    public init(parsing text: String) throws(InvalidOption) {
        let digits = text.prefix { $0.isNumber || $0 == "." }
        let units = ["ms": 0.001, "s": 1, "m": 60]
        guard let number = Double(digits), let unit = units[String(text.dropFirst(digits.count))],
            number * unit <= 86_400
        else {
            throw InvalidOption(
                description:
                    "\"\(Terminal.plain(text, limit: 40))\" is not a time up to a day; use a form like 50ms, 2s or 1m")
        }
        duration = .seconds(number * unit)
    }
}
