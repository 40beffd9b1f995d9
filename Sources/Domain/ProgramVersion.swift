/// The program's version, as `--version`, the `User-Agent` and every run in the ledger give it.
public let programVersion = "0.1.0"
