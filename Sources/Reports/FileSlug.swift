/// Converts names from the API to file names with ASCII letters, digits and hyphens.
public enum FileSlug {
    /// `Grace Hopper` → `grace-hopper`; with a number if that is taken. At most 60 characters plus the number.
    public static func make(_ name: String, orElse fallback: String, besides taken: inout Set<String>) -> String {
        let words = name.lowercased().split { !$0.isASCII || !($0.isLetter || $0.isNumber) }
        let slug = String(words.joined(separator: "-").prefix(60))
        let stem = slug.isEmpty ? fallback : slug
        var result = stem
        var number = 2
        while !taken.insert(result).inserted {
            result = "\(stem)-\(number)"
            number += 1
        }
        return result
    }
}
