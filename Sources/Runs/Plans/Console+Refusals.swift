import Domain
import Planning
import TerminalIO

extension Console {
    /// Reports an exceeded safety limit: the numbers, the rows, and how to override it.
    func complain(_ refusal: GuardRefusal) {
        guard format == .text else {
            return put(refusal.sentence, as: .error, [JSONMember("refusal", GuardFigures(refusal))])
        }
        complain(style.red("refused: ") + Terminal.plain(refusal.sentence, limit: 500))
        for line in refusal.rows.lines(in: textWidth) { complain(line) }
        complain("  To override: \(refusal.remedy)")
    }
}
