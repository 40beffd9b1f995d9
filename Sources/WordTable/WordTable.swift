/// The words that lists have in their headers and cells, and what they mean (`words.txt`, a word a line).
///
/// A target of its own: 100 kB as an array of bytes take the compiler half a minute, which nothing else should wait for.
public enum WordTable {
    /// The whole table.
    public static var text: String { String(decoding: PackageResources.words_txt, as: UTF8.self) }
}
