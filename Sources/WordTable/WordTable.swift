/// The words in headers and cells of lists, and their meanings (`words.txt`, one word in each line).
///
/// A separate target, because the compiler takes half a minute for an array of 100 kB, and nothing else should wait for
/// it.
public enum WordTable {
    /// The whole table.
    public static var text: String { String(decoding: PackageResources.words_txt, as: UTF8.self) }
}
