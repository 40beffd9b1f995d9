/// Options on a command line that the parser has not read, because it is wrong or still being typed.
enum GivenOption {
    /// The value of an option, given as `--ledger FILE` or `--ledger=FILE`; nil if there is none.
    static func value(of option: String, in words: [String]) -> String? {
        if let word = words.last(where: { $0.hasPrefix(option + "=") }) {
            return String(word.dropFirst(option.count + 1))
        }
        guard let index = words.lastIndex(of: option), index + 1 < words.count else { return nil }
        return words[index + 1]
    }
}
