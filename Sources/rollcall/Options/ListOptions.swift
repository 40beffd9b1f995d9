import ArgumentParser
import Domain
import Readers

/// How a CSV is read.
struct CSVFileOptions: ParsableArguments {
    /// What help calls these options.
    static let title = "Reading the list"

    @Option(
        help: ArgumentHelp(
            "The file's encoding, for example windows-1252.", discussion: "Default: UTF-8, or UTF-16 with its mark",
            valueName: "name"),
        completion: .list(CSVOptions.encodings))
    var encoding: String?

    @Option(
        help: ArgumentHelp(
            "What separates fields: a character, or 'tab'.", discussion: "Default: found out", valueName: "character"),
        completion: .list(Delimiter.detected.map(\.description)))
    var delimiter: String?

    func options() throws -> CSVOptions {
        guard let delimiter else { return CSVOptions(encoding: encoding) }
        guard let found = Delimiter(delimiter) else {
            throw ValidationError("--delimiter \(Terminal.plain(delimiter)) is not one character, or 'tab'.")
        }
        return CSVOptions(delimiter: found, encoding: encoding)
    }
}

extension AccountType: ExpressibleByArgument {
    /// The type that `--account-type` names, in any spelling; nil for one that the vendor's client does not know.
    public init?(argument: String) {
        self.init(rawValue: AccountType.normalised(argument))
        guard isKnown else { return nil }
    }

    /// What help and shells offer.
    public static var allValueStrings: [String] { known.map(\.rawValue) }

    /// The same words.
    public static var defaultCompletionKind: CompletionKind { .list(allValueStrings) }
}
