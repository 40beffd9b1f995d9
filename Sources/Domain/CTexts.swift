#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Texts for a C structure, which live as long as this object.
public final class CTexts {
    private var pointers: [UnsafeMutablePointer<CChar>] = []

    /// None yet.
    public init() {}

    deinit { pointers.forEach { free($0) } }

    /// The text as C has it; up to a NUL character. Nil if there is no memory.
    public func pointer(_ text: String) -> UnsafeMutablePointer<CChar>? {
        guard let copy = strdup(text) else { return nil }
        pointers.append(copy)
        return copy
    }
}
