import CXlsxWriter

/// The library that writes workbooks.
public enum WorkbookLibrary {
    /// Its version, for example `1.1.4`.
    public static var version: String { String(cString: lxw_version()) }
}

/// What becomes of text in a workbook.
public enum WorkbookText {
    /// The text as a cell holds it: cut with a mark that says so, if it is longer than Excel's limit of 32,767.
    public static func held(_ text: String) -> String { XLSXText.cut(text) }
}
