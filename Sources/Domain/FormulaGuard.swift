/// The apostrophe that prevents a spreadsheet from running a CSV field as a formula. Writers add it, and readers remove
/// it.
public enum FormulaGuard {
    /// `'`
    public static let byte: UInt8 = 0x27

    /// Whether a field, in UTF-8, needs the guard: the text after its apostrophes begins with `=`, `+`, `-`, `@`, a tab
    /// or a carriage return (OWASP, *CSV injection*).
    ///
    /// Text that already looks guarded gets one more guard, so that removing one guard restores the text.
    @inlinable public static func isNeeded(by text: some Sequence<UInt8>) -> Bool {
        switch text.first(where: { $0 != 0x27 }) {
        case 0x3d, 0x2b, 0x2d, 0x40, 0x09, 0x0d: true
        default: false
        }
    }
}
