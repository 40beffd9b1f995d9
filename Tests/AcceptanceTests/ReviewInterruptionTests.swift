import Foundation
import Testing

/// Signals while `review` works: what is not complete does not stay behind under a hidden name.
@Suite(.waiting) struct ReviewInterruptionTests {
    private let rollcall: Rollcall

    init() throws { rollcall = try Rollcall() }

    /// The paths in the folder of reviews, at any depth.
    private func written() -> [String] {
        let folder = rollcall.folder.appendingPathComponent("reviews").path
        return FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
    }

    /// The file that shows how far the command is; the folder itself exists before the API answers.
    @Test(arguments: ["", "/answer.json", "/review.csv", "/review.xlsx"], [SIGINT, SIGTERM, SIGHUP])
    func `a signal leaves a whole review or nothing`(name: String, signal: Int32) throws {
        let sandbox = try SandboxProcess(rollcall, "--latency", "1s")
        defer { withExtendedLifetime(sandbox) {} }
        let running = try rollcall.start(["review", "--out", "reviews/q4", "--period", "2026-Q1"])
        while !written().contains(where: { $0.hasPrefix(".") && $0.hasSuffix(name) }), running.process.isRunning {
            usleep(500)
        }
        running.signal(signal)
        let run = try running.wait()
        if run.status == 0, run.signal == nil {
            // The last files are written in a moment, which is not always caught.
            #expect(!name.isEmpty)
            #expect(try rollcall.run("verify", "reviews/q4").status == 0)
            #expect(!written().contains { $0.hasPrefix(".") })
        } else {
            #expect(run.signal == signal, "\(run.status) \(run.all)")
            #expect(!written().contains { $0.hasPrefix(".") }, "\(written())")
        }
    }
}
