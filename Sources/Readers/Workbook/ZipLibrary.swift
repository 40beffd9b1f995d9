import CZip

/// The library that opens workbooks.
public enum ZipLibrary {
    /// Its version, for example `1.7.3`.
    public static var version: String { String(cString: zip_libzip_version()) }
}
