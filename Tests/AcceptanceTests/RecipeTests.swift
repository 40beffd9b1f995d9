import Foundation
import Testing

/// The recipes of CONTRIBUTING.md name each file that has to be touched, and no other.
///
/// A recipe's comment is a pattern that the example of the recipe leaves in each of its files. Files that have it for
/// another reason are not in the sources or are named here.
@Suite struct RecipeTests {
    private static let page = "CONTRIBUTING.md"

    private struct Recipe: CustomTestStringConvertible {
        var title: String
        var pattern: String
        var files: Set<String>
        var testDescription: String { title }
    }

    private static func recipes() throws -> [Recipe] {
        let text = try String(contentsOf: Rollcall.repository.appendingPathComponent(page), encoding: .utf8)
        return text.components(separatedBy: "\n## ").dropFirst().compactMap { section in
            guard let pattern = section.firstMatch(of: #/<!-- recipe: (.*) -->/#)?.output.1 else { return nil }
            let steps = section.components(separatedBy: "-->").dropFirst().joined()
            let files = steps.matches(of: #/`((?:Sources|Tests)\/[^`]+)`/#).map { String($0.output.1) }
            return Recipe(
                title: String(section.prefix { $0 != "\n" }), pattern: String(pattern), files: Set(files))
        }
    }

    @Test(arguments: try recipes())
    private func `a recipe names the files that hold its example`(recipe: Recipe) throws {
        let pattern = try Regex(recipe.pattern).anchorsMatchLineEndings()
        let root = Rollcall.repository
        let all = try #require(FileManager.default.enumerator(atPath: root.appendingPathComponent("Sources").path))
        var found: Set<String> = []
        for case let name as String in all where name.hasSuffix(".swift") || name.hasSuffix(".graphql") {
            let path = "Sources/" + name
            let text = try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
            let code = text.split(separator: "\n").filter { !$0.contains("///") }.joined(separator: "\n")
            if code.contains(pattern) { found.insert(path) }
        }
        #expect(found == recipe.files.filter { $0.hasPrefix("Sources/") })
        for file in recipe.files {
            #expect(FileManager.default.fileExists(atPath: root.appendingPathComponent(file).path), "\(file)")
        }
    }
}
