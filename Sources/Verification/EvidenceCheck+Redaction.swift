import Domain
import Reports

/// A redacted copy lacks fields and files, and is checked as far as it goes.
extension EvidenceCheck {
    /// Reads `redaction.json`.
    ///
    /// - Returns: false if the folder has one that cannot be read.
    mutating func readRedaction() -> Bool {
        do {
            redaction = try RedactionRecord.read(in: folder)
        } catch {
            note(.failed, "\(RedactionRecord.name) cannot be read")
            return false
        }
        guard let redaction else { return true }
        guard redaction.schemaVersion <= RedactionRecord.schemaVersion else {
            note(
                .failed,
                "\(RedactionRecord.name) was written by a newer version of rollcall; verify it with that version")
            return false
        }
        guard !redaction.fields.isEmpty, Set(redaction.fields).count == redaction.fields.count else {
            note(.failed, "\(RedactionRecord.name) names no field, or one twice, so this is no redacted copy")
            return false
        }
        note(
            .notChecked,
            "this is a redacted copy without \(redaction.words): "
                + "\(redaction.rewritten.count.counted("file was", "files were")) written once more without "
                + "\(redaction.fields.count == 1 ? "it" : "them"), and "
                + "\(redaction.withheld.count.counted("file is", "files are")) left out; ask for the original to check them"
        )
        return true
    }

    /// Says of a file with the hash of its original what the copy has instead.
    mutating func noteRedacted(_ name: String) {
        let plain = Terminal.plain(name)
        if redaction?.withheld.contains(where: { $0.name == name }) == true {
            note(.notChecked, "\(plain) is left out of this redacted copy")
        } else {
            note(.ok, "\(plain) was written once more without \(redaction?.words ?? "")")
        }
    }

    /// Checks that nothing is left out or rewritten but what a redacted copy may leave out: `redaction.json` is not sealed.
    mutating func checkRedaction() {
        guard let redaction else { return }
        let withheld = redaction.withheld.map(\.name)
        let named = Set(EvidenceLink.all(in: folder).flatMap { $0.entries(in: folder) }.map(\.file))
        for name in Set(withheld).sorted()
        where !named.contains(name) || withheld.count(where: { $0 == name }) > 1 {
            note(
                .failed,
                "\(RedactionRecord.name) names \(Terminal.plain(name)) as left out, which no checksum file names")
        }
        for name in withheld where !RedactionRecord.mayBeWithheld(name) {
            note(.failed, "\(Terminal.plain(name)) is left out, which a redacted copy never leaves out")
        }
        let foreign = redaction.rewritten.map(\.name).filter { !RedactionRecord.mayBeRewritten($0) }
        for name in foreign {
            note(.failed, "\(Terminal.plain(name)) is named as rewritten, which a redacted copy never rewrites")
        }
        let unproved = redaction.rewritten.map(\.name).filter { confirmed[$0] == nil && !foreign.contains($0) }
        for name in unproved {
            note(
                .failed,
                "\(Terminal.plain(name)) does not follow from the sealed files, so it is no redacted copy of its original"
            )
        }
        let byText = confirmed.filter { !$0.value }.keys.sorted()
        if !byText.isEmpty {
            note(
                .notChecked,
                "\(byText.listed("and")): only the texts follow from the sealed files; whether others are hidden beside them, "
                    + "only the version and the libraries that wrote the copy can show")
        } else if unproved.isEmpty, foreign.isEmpty, !redaction.rewritten.isEmpty {
            note(
                .ok,
                "\(redaction.rewritten.count.counted("rewritten file follows", "rewritten files follow")) from the sealed "
                    + "files, besides \(redaction.words)")
        }
    }

    /// `3 files are unchanged`; a redacted copy says how many are left out.
    func unchanged(_ manifest: Manifest) -> String {
        let missing = manifest.entries.count { isWithheld($0.file) }
        let other = manifest.entries.count { rewritten($0.file) != nil }
        return (manifest.entries.count - missing - other).counted("file is", "files are") + " unchanged"
            + (other == 0 ? "" : ", \(other.counted("file was", "files were")) written once more")
            + (missing == 0 ? "" : ", \(missing.counted("file is", "files are")) left out")
    }

    /// What the copy has instead of a file that shows the fields; nil for another file.
    func rewritten(_ name: String) -> RedactionRecord.Rewritten? {
        redaction?.rewritten.first { $0.name == name && RedactionRecord.mayBeRewritten(name) }
    }

    /// Whether a file of a reviewer is left out of the copy.
    func isWithheld(_ name: String) -> Bool { redaction?.withheld.contains { $0.name == name } ?? false }
}
