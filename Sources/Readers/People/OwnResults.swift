import Domain

/// Results of a run that were given as a list, and what their rows say about the run.
public struct OwnResults: Hashable, Sendable {
    /// The run as commands name it, `2-k7m2pq`; nil where the rows do not say it, as those of earlier versions.
    public let run: String?
    /// Whether it was a run in the sandbox.
    public let isPractice: Bool

    /// - Parameter cell: the first row's text in the column of a name.
    init(_ cell: (String) -> String?) {
        // Part of a command to paste, so that nothing else may stand there.
        run = cell("run").flatMap { $0.wholeMatch(of: #/[0-9]{1,18}(-[a-z0-9]{6})?/#) == nil ? nil : $0 }
        isPractice = cell("workspace").map { $0.hasPrefix(Practice.title("", of: Practice.workspace)) } ?? false
    }

    /// What is wrong and what to do, to follow the file's name.
    ///
    /// - Parameter command: makes a command that can be pasted of its words.
    public func sentence(command: (String) -> String) -> String {
        guard let run else {
            return
                "holds the results of a run; find the run's number with '\(command("runs"))', and send what failed again "
                + "with 'rollcall runs retry' and that number"
        }
        return "holds the results of run \(run); send what failed again with: \(command("runs retry \(run)"))"
    }
}
