/// Text in bold or in color, for a stream where color is used.
public struct TextStyle: Sendable {
    /// Whether escape sequences are written at all.
    let isOn: Bool

    /// Text in bold.
    public func bold(_ text: String) -> String { styled(text, "1") }
    /// Text in red: failures, refusals.
    public func red(_ text: String) -> String { styled(text, "31") }
    /// Text in green: success.
    public func green(_ text: String) -> String { styled(text, "32") }
    /// Text in yellow: what needs attention.
    public func yellow(_ text: String) -> String { styled(text, "33") }

    // SGR parameters (ECMA-48, section 8.3.117).
    private func styled(_ text: String, _ code: String) -> String {
        isOn ? "\u{1b}[\(code)m\(text)\u{1b}[0m" : text
    }
}

extension TextStyle {
    /// - Parameters:
    ///   - isTerminal: whether a person sees the stream as it is written.
    ///   - environment: `TERM` and `NO_COLOR` count where the choice is `auto`.
    init(_ choice: Console.ColorChoice, isTerminal: Bool, environment: [String: String]) {
        isOn =
            switch choice {
            case .always: true
            case .never: false
            // NO_COLOR: any value that is not empty (no-color.org).
            case .auto: isTerminal && environment["TERM"] != "dumb" && (environment["NO_COLOR"] ?? "").isEmpty
            }
    }
}
