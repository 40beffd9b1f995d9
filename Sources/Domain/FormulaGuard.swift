/// The apostrophe that keeps a spreadsheet from running a field of a CSV as a formula: whoever writes the file puts it on,
/// and whoever reads it takes it off.
public enum FormulaGuard {
    /// `'`
    public static let byte: UInt8 = 0x27

    /// Whether a field, in UTF-8, has to be guarded: what stands behind its apostrophes is `=`, `+`, `-`, `@`, a tab or a
    /// carriage return (OWASP, *CSV injection*).
    ///
    /// Text that looks guarded already is guarded once more, so that taking one guard off gives back what was written.
    @inlinable public static func isNeeded(by text: some Sequence<UInt8>) -> Bool {
        switch text.first(where: { $0 != 0x27 }) {
        case 0x3d, 0x2b, 0x2d, 0x40, 0x09, 0x0d: true
        default: false
        }
    }
}
