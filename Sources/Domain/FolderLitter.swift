/// Files that operating systems and office programs leave in folders. They are neither evidence nor a change of it.
public enum FolderLitter {
    private static let names: Set<String> = [
        ".ds_store", ".directory", ".localized", "thumbs.db", "ehthumbs.db", "desktop.ini", "__macosx", "@eadir",
        ".spotlight-v100", ".fseventsd", ".temporaryitems", "icon\r",
    ]

    /// Whether a name is one that such a program uses.
    public static func contains(_ name: String) -> Bool {
        let plain = name.lowercased()
        return names.contains(plain) || plain.hasPrefix("._") || plain.hasPrefix(".trash")
            // The locks of Microsoft Office and of LibreOffice.
            || plain.hasPrefix("~$") || (plain.hasPrefix(".~lock.") && plain.hasSuffix("#"))
    }
}
