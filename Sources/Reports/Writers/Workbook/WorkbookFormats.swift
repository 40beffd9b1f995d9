import CXlsxWriter
import Domain

/// The formats of a workbook, the same on every sheet.
struct WorkbookFormats {
    let title, heading, label, wrappedLabel, value, valueTime, number, warning, note: Format
    let header, entryHeader, text, time, entry, mirror: Format
    /// The cells of a sheet that people complete: wrapped text, and cells to complete with text or with a date. Their
    /// number format, as that of `text`, keeps a spreadsheet from making a formula or a number of text that is edited.
    let plain, answer, answerDate: Format
    let good, bad, change, exception, unsure: Format

    init(_ book: Workbook) {
        typealias Pointer = UnsafeMutablePointer<lxw_format>
        let make = { (set: @escaping (Pointer) -> Void) in
            book.format { format in
                format_set_align(format, UInt8(LXW_ALIGN_VERTICAL_CENTER.rawValue))
                set(format)
            }
        }
        let fill = { (format: Pointer, colour: UInt32) in
            format_set_pattern(format, UInt8(LXW_PATTERN_SOLID.rawValue))
            format_set_bg_color(format, colour)
        }
        title = make {
            format_set_bold($0)
            format_set_font_size($0, 16)
        }
        heading = make {
            format_set_bold($0)
            format_set_font_color($0, 0x1F3864)
            format_set_bottom($0, UInt8(LXW_BORDER_THIN.rawValue))
        }
        label = make { format_set_font_color($0, 0x595959) }
        wrappedLabel = make {
            format_set_font_color($0, 0x595959)
            format_set_text_wrap($0)
        }
        value = make {
            format_set_text_wrap($0)
            format_set_align($0, UInt8(LXW_ALIGN_LEFT.rawValue))
        }
        valueTime = make {
            format_set_num_format($0, "yyyy-mm-dd hh:mm:ss")
            format_set_align($0, UInt8(LXW_ALIGN_LEFT.rawValue))
        }
        number = make {
            format_set_num_format($0, "#,##0")
            format_set_align($0, UInt8(LXW_ALIGN_LEFT.rawValue))
        }
        warning = make {
            format_set_bold($0)
            format_set_text_wrap($0)
            format_set_font_color($0, 0x9C0006)
            fill($0, 0xFFC7CE)
        }
        note = make {
            format_set_italic($0)
            format_set_text_wrap($0)
        }
        header = make {
            format_set_bold($0)
            format_set_text_wrap($0)
            format_set_font_color($0, 0xFFFFFF)
            fill($0, 0x1F3864)
        }
        entryHeader = make {
            format_set_bold($0)
            format_set_text_wrap($0)
            format_set_bottom($0, UInt8(LXW_BORDER_THICK.rawValue))
            fill($0, 0xFFE699)
        }
        text = make { format_set_num_format($0, "@") }
        time = make {
            format_set_num_format($0, "yyyy-mm-dd hh:mm:ss")
            format_set_align($0, UInt8(LXW_ALIGN_LEFT.rawValue))
        }
        let enter = { (format: Pointer) in
            format_set_unlocked(format)
            fill(format, 0xFFFBEB)
            format_set_border(format, UInt8(LXW_BORDER_THIN.rawValue))
            format_set_border_color(format, 0xD9D9D9)
        }
        // From the top, so that the beginning is visible if a row is too low.
        let wrap = { (format: Pointer) in
            format_set_num_format(format, "@")
            format_set_text_wrap(format)
            format_set_align(format, UInt8(LXW_ALIGN_VERTICAL_TOP.rawValue))
        }
        entry = make(enter)
        plain = make {
            wrap($0)
        }
        answer = make {
            enter($0)
            wrap($0)
        }
        answerDate = make {
            enter($0)
            format_set_num_format($0, "yyyy-mm-dd")
            format_set_align($0, UInt8(LXW_ALIGN_LEFT.rawValue))
            format_set_align($0, UInt8(LXW_ALIGN_VERTICAL_TOP.rawValue))
        }
        mirror = make { format_set_font_color($0, 0x595959) }
        let tint = { (font: UInt32, background: UInt32) in
            book.format {
                format_set_font_color($0, font)
                format_set_bg_color($0, background)
            }
        }
        good = tint(0x006100, 0xC6EFCE)
        bad = tint(0x9C0006, 0xFFC7CE)
        change = tint(0x7F4F00, 0xFFE0A3)
        exception = tint(0x4B2E83, 0xE4DAF5)
        unsure = tint(0x404040, 0xD9D9D9)
    }

    /// The colour of an emphasised value.
    func colour(of emphasis: Emphasis) -> Format {
        switch emphasis {
        case .bad: bad
        case .attention: change
        }
    }

    /// The colour of a decision.
    func colour(of decision: Decision) -> Format {
        switch decision {
        case .approve: good
        case .revoke, .remove: bad
        case .changeRole, .reinvite: change
        case .exception: exception
        case .dontKnow: unsure
        }
    }
}
