import Foundation

/// The name of a part of a package, in the form in which names are compared (ECMA-376 part 2): in lower case, and
/// without differences in leading or separating characters between programs.
struct PartName: Hashable, CustomStringConvertible {
    /// In lower case, with `/` between the segments and no leading `/`.
    private let key: String

    /// - Parameter entry: a name in a zip archive; nil for a folder, and for a path outside the archive.
    init?(entry: String) {
        guard let last = entry.utf8.last, last != 0x2f, last != 0x5c else { return nil }
        self.init(segments: Self.segments(Self.decoded(entry)))
    }

    /// Reads the target of a relationship.
    ///
    /// - Parameters:
    ///   - target: relative to the root of the package if it begins with `/`, otherwise to the folder of `source`.
    ///   - source: the part that the relationship belongs to; nil for the package itself.
    /// - Returns: nil for a path outside the package, or a text that is not a name.
    init?(target: String, from source: PartName?) {
        guard !target.contains(where: { "?#:\\".contains($0) }) else { return nil }
        let path = Self.segments(Self.decoded(target))
        guard !path.isEmpty else { return nil }
        let folder = target.hasPrefix("/") ? [] : source.map { Self.segments($0.key).dropLast() } ?? []
        self.init(segments: folder + path)
    }

    /// The part that contains the relationships of a part; nil stands for the package itself.
    static func relationships(of source: PartName?) -> PartName? {
        guard let source else { return PartName(entry: "_rels/.rels") }
        let segments = Self.segments(source.key)
        return PartName(segments: segments.dropLast() + ["_rels", (segments.last ?? "") + ".rels"])
    }

    private init?(segments: [Substring]) {
        var known: [Substring] = []
        for segment in segments where segment != "." {
            if segment != ".." {
                known.append(segment)
            } else if known.popLast() == nil {
                return nil
            }
        }
        guard !known.isEmpty else { return nil }
        key = known.joined(separator: "/")
    }

    private static func decoded(_ name: String) -> String { (name.removingPercentEncoding ?? name).lowercased() }

    private static func segments(_ name: String) -> [Substring] { name.split { $0 == "/" || $0 == "\\" } }

    var description: String { key }
}
