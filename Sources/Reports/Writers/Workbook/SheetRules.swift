import Domain
import Foundation

/// The drop-down lists, permitted dates and colours of a sheet.
struct SheetRules {
    let formats: WorkbookFormats

    /// Adds the rules of a column to its cells.
    func add(for column: Column, _ area: Sheet.Area, to sheet: Sheet, isEntered: Bool) {
        switch column.entry {
        case .decision(let decisions)?:
            for decision in decisions {
                sheet.colour(area, where: decision.rawValue, formats.colour(of: decision))
            }
            guard isEntered else { return }
            sheet.offer(
                decisions.map(\.rawValue), in: area, isOpen: false,
                message: "Choose a decision from the list, or leave the cell empty (not reviewed).")
        case .accountType(let types)?:
            guard isEntered else { return }
            sheet.offer(
                types, in: area, isOpen: true,
                message: "rollcall does not know this account type. Use it anyway?")
        case .yes?:
            guard isEntered else { return }
            sheet.offer(["yes"], in: area, isOpen: false, message: "Choose yes, or leave the cell empty.")
        case .date(let day)?:
            guard isEntered else { return }
            sheet.acceptDates(
                from: day, in: area,
                message: "Enter a date such as \(Timestamp.day(day.addingTimeInterval(90 * 86_400))), not before "
                    + "\(Timestamp.day(day)).")
        case .text?: break
        case nil:
            for rule in Emphasis.rules(for: column.key) {
                sheet.colour(area, where: rule.text, formats.colour(of: rule.emphasis))
            }
        }
    }
}
