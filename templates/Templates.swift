/// The templates of the page, embedded in the program.
public enum Templates {
    /// The content of a template file, by name; nil if there is no such file.
    public static func text(_ name: String) -> String? {
        files[name].map { String(decoding: $0, as: UTF8.self) }
    }

    /// The names of all files, in alphabetical order.
    public static var names: [String] { files.keys.sorted() }

    private static let files: [String: [UInt8]] = [
        "block.mustache": PackageResources.block_mustache,
        "foot.mustache": PackageResources.foot_mustache,
        "head.mustache": PackageResources.head_mustache,
        "script.js": PackageResources.script_js,
        "style.css": PackageResources.style_css,
        "table-end.mustache": PackageResources.table_end_mustache,
        "table.mustache": PackageResources.table_mustache,
    ]
}
