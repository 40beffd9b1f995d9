import CXlsxWriter

/// The library that writes workbooks.
public enum WorkbookLibrary {
    /// Its version, for example `1.1.4`.
    public static var version: String { String(cString: lxw_version()) }
}
