import Domain
import Foundation
import Reports

/// Progress: on a terminal one line that is drawn again, elsewhere a line every few
/// seconds, among events an event.
extension Console {
    /// Does something that may take a while.
    public func during<Value>(_ counter: StageCounter, _ body: () throws -> Value) rethrows -> Value {
        let stage = begin { counter.stage }
        defer { end(stage) }
        return try body()
    }

    /// Does something that may take a while.
    public func during<Value>(
        _ counter: StageCounter, isolation: isolated (any Actor)? = #isolation, _ body: () async throws -> Value
    ) async rethrows -> Value {
        let stage = begin { counter.stage }
        defer { end(stage) }
        return try await body()
    }

    /// Writes a report, and says how far it is.
    @discardableResult
    public func write(_ report: Report, to file: ReportFile) throws -> [String: Int] {
        let name = Terminal.plain((file.path as NSString).lastPathComponent)
        let counter = StageCounter("Writing \(name)", total: report.rowCount)
        return try during(counter) { try file.write(report) { counter.set($0) } }
    }

    /// A stage begins.
    ///
    /// - Returns: the argument for ``end(_:)``; nil if progress is not shown.
    public func begin(_ stage: @escaping @Sendable () -> Stage) -> Int? {
        guard !isQuiet || output.tellsEvents else { return nil }
        return clock.begin(stage) { [weak self] report, due in self?.tell(report, due) }
    }

    /// Ends the stage and removes its line.
    public func end(_ stage: Int?) {
        guard let stage else { return }
        clock.end(stage)
        show(progress: "")
    }

    private func tell(_ report: StageReport, _ due: ProgressPace.Due) {
        if due.event { output.event("progress", report.fields) }
        guard !isQuiet else { return }
        if isTerminal {
            // One column is left free, because some terminals wrap a line that fills the last one.
            show(progress: due.redraw ? Columns.fit(report.text, into: width - 1) : "")
        } else if due.line {
            put(report.text, as: .progress, report.fields)
        }
    }
}
