import ArgumentParser
import Domain
import Readers

/// How a CSV is read.
struct CSVFileOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The file's encoding, for example windows-1252.", valueName: "name"))
    var encoding: String?

    @Option(help: ArgumentHelp("What separates fields: ',', ';', '|' or 'tab'.", valueName: "character"))
    var delimiter: String?

    func options() throws -> CSVOptions {
        guard let delimiter else { return CSVOptions(encoding: encoding) }
        guard let found = Delimiter(delimiter) else {
            throw ValidationError("--delimiter \(Terminal.plain(delimiter)) is not one character, or 'tab'.")
        }
        return CSVOptions(delimiter: found, encoding: encoding)
    }
}

extension AccountType {
    /// The type that `--account-type` names.
    static func fallback(_ text: String?) throws -> AccountType? {
        guard let text else { return nil }
        let type = AccountType(rawValue: AccountType.normalised(text))
        guard AccountType.known.contains(type) else {
            let names = AccountType.known.map(\.rawValue).joined(separator: ", ")
            throw ValidationError("--account-type \(Terminal.plain(text)) is not one of \(names).")
        }
        return type
    }
}
