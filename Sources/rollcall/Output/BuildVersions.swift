import CBuild
import Domain
import Foundation
import Reports
import Reviewing

/// What this program was built from, and the libraries that it runs with.
struct BuildVersions {
    /// The commit, in 40 hexadecimal digits; nil for a debug build or one without git.
    let commit = Provenance.Program.current.commit
    /// The day of the build, as 2026-11-28; with `SOURCE_DATE_EPOCH`, the day of the source.
    let date = Self.day(String(cString: build_date()))
    /// `SQLite 3.40.1`, and others like it.
    let libraries = Provenance.Program.current.libraries

    /// `rollcall 0.1.0 (commit 210adc6, 2026-11-28)`, and a line for each library.
    var text: String {
        let source = commit.map { "commit \($0.prefix(12))" } ?? "development build"
        return (["rollcall \(programVersion) (\(source), \(date))"] + libraries.map { "  " + $0 })
            .map { $0 + "\n" }.joined()
    }

    /// The date of the C compiler, such as `Nov  8 2026`, as 2026-11-08.
    static func day(_ text: String) -> String {
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let parts = text.split(separator: " ").map(String.init)
        guard parts.count == 3, let month = months.firstIndex(of: parts[0]), let day = Int(parts[1]) else {
            return text
        }
        let digits = { (number: Int) in number < 10 ? "0\(number)" : "\(number)" }
        return "\(parts[2])-\(digits(month + 1))-\(digits(day))"
    }
}
