#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Texts for a C structure, which live as long as this object.
public final class CTexts {
    private var pointers: [UnsafeMutablePointer<CChar>] = []

    /// Whether a text is incomplete: there was no memory for it, or it has a NUL character, at which C ends it.
    public private(set) var isIncomplete = false

    /// Creates an empty collection.
    public init() {}

    deinit { pointers.forEach { free($0) } }

    /// A copy of the text as a C string, which ends at the first NUL character; nil if there is no memory.
    public func pointer(_ text: String) -> UnsafeMutablePointer<CChar>? {
        if text.utf8.contains(0) { isIncomplete = true }
        guard let copy = strdup(text) else {
            isIncomplete = true
            return nil
        }
        pointers.append(copy)
        return copy
    }
}
