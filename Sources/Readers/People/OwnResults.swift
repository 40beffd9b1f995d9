import Domain

/// A results file that was given as a list, and what its rows say about the run.
public struct OwnResults: Hashable, Sendable {
    /// The run as used in commands, `2-k7m2pq`; nil if the rows do not contain it, as in earlier versions.
    public let run: String?
    /// Whether it was a run in the sandbox.
    public let isPractice: Bool

    /// - Parameter cell: returns the text of the first row in the column with the given name.
    init(_ cell: (String) -> String?) {
        // The text becomes part of a command to paste, so nothing else is accepted.
        run = cell("run").flatMap { $0.wholeMatch(of: #/[0-9]{1,18}(-[a-z0-9]{6})?/#) == nil ? nil : $0 }
        isPractice = cell("workspace").map { $0.hasPrefix(Practice.title("", of: Practice.workspace)) } ?? false
    }

    /// What is wrong and what to do; follows the name of the file.
    ///
    /// - Parameter command: completes a command so that it can be pasted.
    public func sentence(command: (String) -> String) -> String {
        guard let run else {
            return
                "contains the results of a run; find the number of the run with '\(command("runs"))', and re-send its "
                + "failed rows with 'rollcall runs retry' and that number"
        }
        return "contains the results of run \(run); to re-send its failed rows, run: \(command("runs retry \(run)"))"
    }
}
