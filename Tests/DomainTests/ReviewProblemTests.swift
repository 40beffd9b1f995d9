@testable import Domain
import Testing

@Suite struct ReviewProblemTests {
    @Test func `at most ten problems of a kind are listed, then the number of the others`() {
        let problems = (0..<25).flatMap { number in
            [
                ReviewProblem(place: "a", row: number, kind: .edited, message: "e"),
                ReviewProblem(place: "a", row: number, kind: .conflict, message: "c"),
            ].prefix(number < 10 ? 2 : 1)
        }
        let short = ReviewProblem.shortened(problems)
        #expect(short.count { $0.message == "e" } == 10 && short.count { $0.message == "c" } == 10)
        #expect(short.filter { $0.row == nil }.map(\.message) == ["15 more rows were edited"])
        #expect(ReviewProblem.shortened(Array(problems.prefix(20))).count == 20)
    }

    @Test(
        arguments: [
            ("Grace Hopper", "grace  hopper ", true), ("Zo\u{eb}", "ZOE\u{308}", true), ("Ann", "Anne", false),
            ("Grace\u{a0}Hopper", "GRACE HOPPER", true), ("GraceHopper", "Grace Hopper", false),
        ])
    func `names that differ only in case or blanks are one person`(one: String, other: String, isSame: Bool) {
        #expect((PersonName.key(of: one) == PersonName.key(of: other)) == isSame)
    }

    @Test(
        arguments: [
            ("", ""), (" ", ""), ("ANN", "ann"), (" Ann Lee", "ann lee"), ("Ann Lee ", "ann lee"),
            ("Ann  Lee", "ann lee"),
            ("Ann\tLee", "ann lee"), ("Ann\nLee", "ann lee"), ("O'Brien-Smith 3rd", "o'brien-smith 3rd"),
            ("Lee, Ann", "ann lee"), ("Lee,Ann", "ann lee"), ("Lee,", "lee,"), (",", ","),
            ("Lee, Ann, Dr.", "lee, ann, dr."),
            ("Zo\u{eb}", "zo\u{eb}"),
        ])
    func `a name has one key, with its words in order`(name: String, key: String) {
        #expect(PersonName.keyInOrder(of: name) == key)
    }
}
