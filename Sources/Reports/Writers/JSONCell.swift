import Domain

extension JSONText {
    /// Adds a cell: text and moments as strings, counts as numbers, yes and no as `true` and `false`, nothing as
    /// `null`.
    static func append(_ cell: Cell, to bytes: inout [UInt8]) {
        switch cell {
        case .text(let text): append(text, to: &bytes)
        case .number(let number): bytes.append(decimal: number)
        case .time(let time):
            bytes.append(0x22)
            Timestamp.append(time, to: &bytes)
            bytes.append(0x22)
        case .flag(let flag): bytes.append(utf8: flag ? "true" : "false")
        case .empty: bytes.append(utf8: "null")
        }
    }

    /// A cell; see ``append(_:to:)``.
    static func value(_ cell: Cell) -> String {
        var bytes: [UInt8] = []
        append(cell, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }
}
