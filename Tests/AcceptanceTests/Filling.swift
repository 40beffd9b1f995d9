import Foundation
import Testing

extension Rollcall {
    /// Fills a workbook in with openpyxl.
    func fill(_ review: String, to file: String, _ wishes: String...) throws {
        try fill(review, to: file, wishes: wishes)
    }

    /// Fills a workbook in with openpyxl.
    func fill(_ review: String, to file: String, wishes: [String]) throws {
        let script = Rollcall.repository.appendingPathComponent("Tests/AcceptanceTests/fill.py").path
        let filling = try Running(
            [script, review, file] + wishes, of: URL(fileURLWithPath: "/usr/bin/python3"), folder: folder,
            environment: environment, input: nil
        ).wait()
        try #require(filling.status == 0, "\(filling.errors)")
    }

    /// Fills a copy of the review in `rev` in, and applies it.
    func applyReview(_ wishes: [String], maxRemovals: String, _ options: [String]) throws -> Finished {
        try fill("rev/to-fill-in/review.xlsx", to: "filled.xlsx", wishes: wishes)
        return try start(
            [
                "apply", "filled.xlsx", "--evidence", "rev", "--yes", "--rate", "none", "--max-removals", maxRemovals,
                "--settle-wait", "1s",
            ] + options
        ).wait()
    }

    /// Fills one row of a review's CSV in.
    func fillCSV(_ review: String, to file: String, _ email: String, _ decision: String) throws {
        let lines = try read(review).split(separator: "\r\n").map { line in
            var cells = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            if cells[1] == email { cells[13] = decision }
            return cells.joined(separator: ",")
        }
        try write(lines.joined(separator: "\n"), to: file)
    }

    /// Opens a file with LibreOffice and saves it in another folder.
    func saveWithLibreOffice(_ file: String, in folder: String, as format: String = "xlsx") throws {
        try shell(
            "soffice -env:UserInstallation=file://$PWD/office --headless --convert-to \(format) --outdir \(folder) \(file) "
                + ">/dev/null 2>&1")
        let name = URL(fileURLWithPath: file).deletingPathExtension().lastPathComponent + "." + format
        try #require(
            FileManager.default.fileExists(atPath: self.folder.appendingPathComponent(folder + "/" + name).path),
            "LibreOffice saved nothing; is libreoffice-calc installed?")
    }

    /// The rows of a CSV by the names of its columns, by address.
    func accounts(_ file: String) throws -> [String: [String: String]] {
        let lines = try read(file).split(separator: "\r\n").map { line in
            line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        }
        let names = try #require(lines.first)
        return Dictionary(
            lines.dropFirst().map { cells in
                let row = Dictionary(zip(names, cells), uniquingKeysWith: { first, _ in first })
                return (row["email"] ?? "", row)
            }, uniquingKeysWith: { first, _ in first })
    }
}
