import CXlsxWriter
import Domain
import Foundation

/// Writes the cells of one column in the XML of a sheet, exactly as libxlsxwriter does in constant-memory mode.
struct ColumnSpelling {
    private let format, time: Format
    /// `<c r="A`, which is followed by the row number.
    private let begin: [UInt8]
    private var text: Tags?
    private var blank, number, moment, formula: [UInt8]?
    /// The last time and its digits, because most cells of a column have the same time.
    private var last: (date: Date, digits: [UInt8])?

    private struct Tags {
        var plain, preserving: [UInt8]
    }

    /// Creates the writer for a column.
    ///
    /// - Parameters:
    ///   - place: the index of the column, from 0.
    ///   - format: the format of all cells except times.
    init(_ place: Int, format: Format, time: Format) {
        self.format = format
        self.time = time
        begin = Array("<c r=\"\(SheetColumn.letters(place))".utf8)
    }

    /// Appends a cell.
    mutating func append(_ cell: Cell, _ row: [UInt8], to bytes: inout RowBytes) {
        switch cell {
        case .text(let text), .remark(let text): append(text, row, to: &bytes)
        case .number(let value): append(Double(value), row, to: &bytes)
        case .time(let date): append(date, row, to: &bytes)
        case .flag(let flag): append(flag ? "yes" : "no", row, to: &bytes)
        case .empty: appendBlank(row, to: &bytes)
        }
    }

    /// Appends a formula of this program. Its value is text, empty until it is calculated.
    mutating func append(formula text: String, _ row: [UInt8], to bytes: inout RowBytes) {
        let tag = formula ?? Self.tag(format, " t=\"str\"><f>")
        formula = tag
        bytes.append(begin)
        bytes.append(row)
        bytes.append(tag)
        XLSXText.append(xml: text.hasPrefix("=") ? String(text.dropFirst()) : text, to: &bytes)
        bytes.append("</f><v></v></c>")
    }

    private mutating func append(_ text: String, _ row: [UInt8], to bytes: inout RowBytes) {
        guard !text.isEmpty else { return appendBlank(row, to: &bytes) }
        // Like the library, this requests the number of a format when its first cell is written.
        let tags =
            self.text
            ?? Tags(
                plain: Self.tag(format, " t=\"inlineStr\"><is><t>"),
                preserving: Self.tag(format, " t=\"inlineStr\"><is><t xml:space=\"preserve\">"))
        self.text = tags
        let text = XLSXText.cut(text)
        bytes.append(begin)
        bytes.append(row)
        bytes.append(XLSXText.isPadded(text) ? tags.preserving : tags.plain)
        XLSXText.append(text, to: &bytes)
        bytes.append("</t></is></c>")
    }

    private mutating func append(_ value: Double, _ row: [UInt8], to bytes: inout RowBytes) {
        let tag = number ?? Self.tag(format, "><v>")
        number = tag
        append(digits: Self.digits(value), tag, row, to: &bytes)
    }

    private mutating func append(_ date: Date, _ row: [UInt8], to bytes: inout RowBytes) {
        let tag = moment ?? Self.tag(time, "><v>")
        moment = tag
        if let last, last.date == date { return append(digits: last.digits, tag, row, to: &bytes) }
        let digits = Self.digits(Sheet.days(date))
        last = (date, digits)
        append(digits: digits, tag, row, to: &bytes)
    }

    private func append(digits: [UInt8], _ tag: [UInt8], _ row: [UInt8], to bytes: inout RowBytes) {
        bytes.append(begin)
        bytes.append(row)
        bytes.append(tag)
        bytes.append(digits)
        bytes.append("</v></c>")
    }

    private mutating func appendBlank(_ row: [UInt8], to bytes: inout RowBytes) {
        // Without a format there is nothing to write.
        guard format.pointer != nil else { return }
        let tag = blank ?? Self.tag(format, "/>")
        blank = tag
        bytes.append(begin)
        bytes.append(row)
        bytes.append(tag)
    }

    /// The text after the row number: the closing quote, the format, the rest.
    private static func tag(_ format: Format, _ rest: String) -> [UInt8] {
        let style = format.number
        return Array(("\"" + (style == 0 ? "" : " s=\"\(style)\"") + rest).utf8)
    }

    /// A number in the format of the library: `%.16G`.
    private static func digits(_ value: Double) -> [UInt8] {
        var digits = [UInt8](repeating: 0, count: 32)
        let count = digits.withUnsafeMutableBytes { buffer in
            withVaList([value]) { vsnprintf(buffer.baseAddress, buffer.count, "%.16G", $0) }
        }
        return Array(digits.prefix(Int(count)))
    }
}
