import Domain

@testable import Readers

/// Asks what would be asked about a list.
protocol ListQuestions {}

extension ListQuestions {
    /// 2026-11-27
    static var today: Int { 20_784 }

    func refusal(_ text: String, _ change: (inout ListOptions) -> Void = { _ in }) -> String? {
        do {
            _ = try ListReading(text) {
                ($0.hasFallback, $0.today) = (true, Self.today)
                change(&$0)
            }
            return nil
        } catch {
            return (error as? ListError)?.sentence ?? "\(error)"
        }
    }

    /// A list with one column beside the address.
    func list(_ header: String, _ values: [String]) -> String {
        "Email,\(header)\n" + values.enumerated().map { "p\($0)@acme.io,\($1)\n" }.joined()
    }

    /// What is asked, from the values on; empty if nothing is.
    func question(_ text: String, _ purpose: WorkspaceChange.Kind) -> String {
        let sentence = refusal(text) { $0.purpose = purpose } ?? ""
        guard let name = sentence.firstMatch(of: #/ in column \d+( ".*?")?: /#) else { return "" }
        return String(sentence[name.range.upperBound...])
            .replacing(#/; the program cannot tell which rows to use\. .*/#, with: "")
            .replacing(" (all rows: --all-rows)", with: "").replacing("; specify the rows to use", with: "")
    }
}
