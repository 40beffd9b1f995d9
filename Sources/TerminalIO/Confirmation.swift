import Domain

/// A question that ends the command unless the person at the terminal agrees.
public struct Confirmation: Sendable {
    /// `Invite 12 people to acme.io?`
    public var question: String
    /// What has to be typed to agree, because the change cannot be undone; nil for y or yes.
    public var word: String?
    /// What is said if the answer is no.
    public var refusal = "Cancelled. Nothing was sent."

    /// - Parameters:
    ///   - question: with its question mark.
    ///   - word: what has to be typed to agree; nil for y or yes.
    public init(_ question: String, typing word: String? = nil) {
        self.question = question
        self.word = word
    }

    /// Asks, and ends the command unless the person agrees.
    ///
    /// - Throws: ``CommandFailure``.
    public func ask(on console: Console) throws {
        switch reply(console) {
        case .yes: return
        case .no: throw CommandFailure(.nothingSent, code: .cancelled, refusal)
        case .nobody:
            let reason =
                console.format == .json
                ? "--log-format json does not ask questions" : "there is no terminal for the confirmation"
            throw CommandFailure(
                .nothingSent, code: .confirmationRequired, "nothing was sent: \(reason); use --yes to confirm")
        }
    }

    private func reply(_ console: Console) -> Prompt.Reply {
        guard let word else { return Prompt.ask(question, console: console) }
        let shown = Terminal.plain(word, limit: 1000)
        guard
            let line = Prompt.line("\(question)\nTo confirm, type \"\(console.style.bold(shown))\": ", console: console)
        else { return .nobody }
        // As it is shown: a name with characters that a terminal does not show cannot be typed otherwise.
        return line == shown || line == word ? .yes : .no
    }
}
