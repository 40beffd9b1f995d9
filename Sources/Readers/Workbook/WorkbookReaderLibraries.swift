import CExpat
import CZip

/// The libraries that read workbooks.
public enum WorkbookReaderLibraries {
    /// Their names and versions, for example `libzip 1.7.3`.
    public static var versions: [String] {
        let expat = XML_ExpatVersionInfo()
        return [
            "libzip \(String(cString: zip_libzip_version()))", "expat \(expat.major).\(expat.minor).\(expat.micro)",
        ]
    }
}
