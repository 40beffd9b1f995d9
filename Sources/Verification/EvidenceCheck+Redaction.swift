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
        note(
            .notChecked,
            "this is a redacted copy without \(redaction.words): "
                + "\(redaction.rewritten.count.counted("file was", "files were")) written once more without "
                + "\(redaction.fields.count == 1 ? "it" : "them"), and "
                + "\(redaction.withheld.count.counted("file of a reviewer is", "files of reviewers are")) left out; ask for "
                + "the original to check them")
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
        let foreign = redaction.withheld.map(\.name).filter { !RedactionRecord.mayBeWithheld($0) }
        for name in foreign {
            note(.failed, "\(Terminal.plain(name)) is left out, which a redacted copy never leaves out")
        }
        let unproved = redaction.rewritten.map(\.name).filter { !confirmed.contains($0) }
        for name in unproved {
            note(
                .failed,
                "\(Terminal.plain(name)) does not follow from the sealed files, so it is no redacted copy of its original"
            )
        }
        if unproved.isEmpty, !redaction.rewritten.isEmpty {
            note(
                .ok,
                "\(redaction.rewritten.count.counted("rewritten file follows", "rewritten files follow")) from the sealed "
                    + "files, besides \(redaction.words)")
        }
    }

    /// `3 files are unchanged`; a redacted copy says how many are left out.
    func unchanged(_ manifest: Manifest) -> String {
        let missing = manifest.entries.count { isWithheld($0.file) }
        return (manifest.entries.count - missing).counted("file is", "files are") + " unchanged"
            + (missing == 0 ? "" : ", \(missing.counted("file is", "files are")) left out")
    }

    /// Whether a file of a reviewer is left out of the copy.
    func isWithheld(_ name: String) -> Bool { redaction?.withheld.contains { $0.name == name } ?? false }
}
