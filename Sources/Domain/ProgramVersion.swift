/// The version of the program in `--version`, the `User-Agent` header and every run in the ledger.
public let programVersion = "0.1.0"
