import Domain

extension JSONText {
    /// A cell: text and moments as strings, counts as numbers, yes and no as `true` and `false`, nothing as `null`.
    static func value(_ cell: Cell) -> String {
        switch cell {
        case .text(let text): string(text)
        case .number(let number): String(number)
        case .time(let time): string(Timestamp.text(time))
        case .flag(let flag): flag ? "true" : "false"
        case .empty: "null"
        }
    }
}
