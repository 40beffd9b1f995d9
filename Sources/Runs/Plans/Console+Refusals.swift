import Domain
import Planning
import TerminalIO

extension Console {
    /// Says what a limit keeps from happening: the numbers, the rows, and the option that lets it through.
    func complain(_ refusal: GuardRefusal) {
        guard format == .text else {
            return put(refusal.sentence, as: .error, [JSONMember("refusal", GuardFigures(refusal))])
        }
        complain(style.red("refused: ") + Terminal.plain(refusal.sentence, limit: 500))
        for line in refusal.rows.lines(in: textWidth) { complain(line) }
        complain("  To override: \(refusal.remedy)")
    }
}
