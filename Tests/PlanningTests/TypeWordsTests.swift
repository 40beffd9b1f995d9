import Domain
import Testing

@testable import Planning

@Suite struct TypeWordsTests {
    @Test(
        arguments: [
            (["Member", "Guest", "Admin"], true), (["agent", "admin"], true),
            (["Developer", "Viewer", "User", "Admin"], true),
            (["ADMIN", "DEVELOPER", "ANALYST"], false), (["ADMIN", "DEVELOPER", "ANALYST", "Guest"], false),
            // Misspelt, and no word.
            (["Devloper", "ADMIN"], false), (["", "-", "ADMIN"], false), ([], false),
        ])
    func `a column is another product's where its words are`(words: [String], isForeign: Bool) {
        #expect(TypeWords().areForeign(words) == isForeign)
    }

    @Test func `a mapped word is another product's as well`() {
        let words = TypeWords(mapped: ["Member": AccountType(rawValue: "DEVELOPER")])
        #expect(words.areForeign(["Member", "Admin"]))
        #expect(words.distrustingPrivileges.type(of: "Member") == AccountType(rawValue: "DEVELOPER"))
        #expect(words.distrustingPrivileges.type(of: "Analyst") != nil)
        #expect(words.distrustingPrivileges.type(of: "Admin") == nil)
        #expect(words.type(of: "Admin") == .admin)
    }

    @Test(
        arguments: [
            ("Data Platform", "DEVELOPER"), ("data platform", "DEVELOPER"), ("Data Science", "ANALYST"),
            ("Data", "ANALYST"), ("Big Data", nil), ("Finance EMEA Controlling", "BUSINESS"),
            ("Finance Controlling", nil),
            ("Financing", nil), ("", nil), ("ADMIN", "ADMIN"), ("a*b", nil), ("aab", "SANDBOX_USER"), ("a", nil),
        ] as [(String, String?)])
    func `the first rule that matches decides`(cell: String, type: String?) {
        var words = TypeWords()
        for (pattern, type) in [
            ("Data Platform", "DEVELOPER"), ("Data*", "ANALYST"), ("Finance*EMEA*Controlling", "BUSINESS"),
            ("aa*b", "SANDBOX_USER"),
        ] { words.map(pattern, to: AccountType(rawValue: type)) }
        #expect(words.type(of: cell)?.rawValue == type)
    }
}
