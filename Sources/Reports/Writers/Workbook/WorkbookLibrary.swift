import CXlsxWriter

/// The library that writes workbooks.
public enum WorkbookLibrary {
    /// Its version, for example `1.1.4`.
    public static var version: String { String(cString: lxw_version()) }

    /// Whether the library that was loaded is the version whose structures this program was compiled with. Only then may
    /// rows go past its own functions (``SheetRows``): another version may keep them elsewhere, or in another form.
    static var isAsCompiled: Bool { Int32(lxw_version_id()) == LXW_VERSION_ID }
}
