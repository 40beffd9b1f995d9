import Foundation
import Testing

/// What a process left behind.
struct Finished {
    var status: Int32
    /// The signal that ended the process, if one did.
    var signal: Int32?
    var output: String
    var errors: String
    /// Standard output, then standard error, for tests of what is said and not of where.
    var all: String { output + errors }
}

/// The built binary, run as a user runs it: in a throw-away folder, with an environment of its own.
final class Rollcall {
    let folder: URL
    var environment: [String: String]

    init() throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("rollcall-" + UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        environment = [
            "HOME": folder.path, "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "", "LANG": "C.UTF-8",
            "ROLLCALL": Self.binary.path,
            // The sandbox is done when it has answered, and its listings do not lag.
            "ROLLCALL_SETTLE_WAIT": "1s",
            // Reviews have activity only in tests about it: it depends on the time at which a sandbox was started.
            "ROLLCALL_ACTIVITY": "no",
        ]
    }

    deinit {
        sandbox = nil
        try? FileManager.default.removeItem(at: folder)
    }

    private var sandbox: SandboxProcess?

    /// Starts a sandbox that lives as long as this does.
    @discardableResult
    func startSandbox(_ arguments: String...) throws -> SandboxProcess {
        let started = try SandboxProcess(self, arguments: arguments)
        sandbox = started
        return started
    }

    /// Beside the test bundle, where `swift build` puts it.
    static let binary: URL = {
        let bundle = URL(fileURLWithPath: ProcessInfo.processInfo.arguments.first ?? "")
        return bundle.deletingLastPathComponent().appendingPathComponent("rollcall")
    }()

    /// The repository's own folder.
    static let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    static func sample(_ name: String) -> String { repository.appendingPathComponent("samples/" + name).path }

    func write(_ text: String, to name: String) throws {
        try Data(text.utf8).write(to: folder.appendingPathComponent(name))
    }

    func read(_ name: String) throws -> String {
        String(decoding: try Data(contentsOf: folder.appendingPathComponent(name)), as: UTF8.self)
    }

    /// The rows of a CSV that has no quoted line breaks, without its header.
    func rows(_ name: String) throws -> [[String]] {
        try read(name).split(separator: "\r\n").dropFirst().map { line in
            line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        }
    }

    func start(_ arguments: [String], input: Data? = nil) throws -> Running {
        try Running(arguments, folder: folder, environment: environment, input: input)
    }

    /// A line for bash, which calls the program `$ROLLCALL`: for what only a shell can set up.
    func start(line: String, environment other: [String: String]? = nil) throws -> Running {
        try Running(
            ["-c", line], of: URL(fileURLWithPath: "/bin/bash"), folder: folder, environment: other ?? environment,
            input: nil)
    }

    /// A line of a shell that sets `prefix` to what takes from root the right to write anywhere, and makes folders that
    /// cannot be written to; nil where everybody can write everywhere.
    func withClosedFolders(_ names: String...) throws -> String? {
        let list = names.joined(separator: " ")
        let line =
            "mkdir -p \(list) && chmod 500 \(list); prefix=; "
            + "[ $(id -u) != 0 ] || prefix=\"setpriv --bounding-set=-dac_override,-dac_read_search\"; "
        return try shell(line + "$prefix touch \(names[0])/probe 2>/dev/null || echo no").contains("no") ? line : nil
    }

    /// What a shell command in the folder prints.
    @discardableResult
    func shell(_ command: String) throws -> String {
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-c", command]
        process.currentDirectoryURL = folder
        process.standardOutput = pipe
        try process.run()
        let data = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return String(decoding: data, as: UTF8.self)
    }

    /// What the program draws on a terminal, and how it ended.
    ///
    /// - Parameter answers: what a person types at each question.
    func onTerminal(
        columns: Int = 100, answers: [String] = [], _ arguments: String, input: String? = nil
    ) throws -> String {
        let all = environment.merging(["TERM": "xterm", "ANSWERS": answers.joined(separator: "\n")]) { $1 }
        let script = Self.repository.appendingPathComponent("Tests/AcceptanceTests/on_terminal.py").path
        let variables = all.map { "'\($0)=\($1)'" }.joined(separator: " ")
        let command = "\(Self.binary.path) \(arguments)"
        let whole = input.map { "sh -c 'exec \(command) <\($0)'" } ?? command
        return try shell("env -i \(variables) /usr/bin/python3 \(script) \(columns) \(whole)")
    }

    @discardableResult
    func run(_ arguments: String..., input: Data? = nil) throws -> Finished {
        try start(arguments, input: input).wait()
    }
}

/// The binary while it runs. Its outputs go to files, so that no pipe fills up.
final class Running {
    let process = Process()
    private let output: URL
    private let errors: URL

    init(
        _ arguments: [String], of program: URL = Rollcall.binary, folder: URL, environment: [String: String],
        input: Data?
    ) throws {
        let name = UUID().uuidString
        output = folder.appendingPathComponent(name + ".out")
        errors = folder.appendingPathComponent(name + ".err")
        let stdin = folder.appendingPathComponent(name + ".in")
        try Data().write(to: output)
        try Data().write(to: errors)
        try (input ?? Data()).write(to: stdin)
        process.executableURL = program
        process.arguments = arguments
        process.currentDirectoryURL = folder
        process.environment = environment
        process.standardInput = try FileHandle(forReadingFrom: stdin)
        process.standardOutput = try FileHandle(forWritingTo: output)
        process.standardError = try FileHandle(forWritingTo: errors)
        Self.startWithDefaultSignals
        try process.run()
    }

    /// Has the binary start with no signal ignored, even if the tests run under `nohup` or in a script's background job: a
    /// signal with a handler is back at its default after exec(), and an ignored one stays ignored.
    private static let startWithDefaultSignals: Void = {
        for number in [SIGINT, SIGTERM, SIGHUP, SIGQUIT] {
            var action = sigaction()
            sigaction(number, nil, &action)
            let isIgnored = withUnsafeBytes(of: &action) { $0.load(as: Int.self) == 1 }
            if isIgnored { Foundation.signal(number) { _ in } }
        }
    }()

    /// Waits for the end of the process, and kills it when it takes too long.
    ///
    /// - Returns: nil if it had to be killed.
    func wait(atMost seconds: Int) throws -> Finished? {
        let limit = ContinuousClock.now + .seconds(seconds)
        while process.isRunning, ContinuousClock.now < limit { usleep(10_000) }
        guard process.isRunning else { return try wait() }
        signal(SIGKILL)
        process.waitUntilExit()
        return nil
    }

    @discardableResult
    func wait() throws -> Finished {
        process.waitUntilExit()
        let signal = process.terminationReason == .uncaughtSignal ? process.terminationStatus : nil
        return Finished(
            status: process.terminationStatus, signal: signal, output: try outputSoFar(), errors: try errorsSoFar())
    }

    func outputSoFar() throws -> String { String(decoding: try Data(contentsOf: output), as: UTF8.self) }
    func errorsSoFar() throws -> String { String(decoding: try Data(contentsOf: errors), as: UTF8.self) }

    /// The first line that it prints: where a server listens.
    func firstLine() throws -> String {
        while true {
            guard process.isRunning else { throw SandboxProcess.Failure(text: try errorsSoFar()) }
            if let line = try outputSoFar().split(separator: "\n").first { return String(line) }
            usleep(10_000)
        }
    }

    func signal(_ number: Int32) { kill(process.processIdentifier, number) }
}

extension Rollcall {
    /// Requires that nothing in an evidence folder was changed, as far as verify and sha256sum can see.
    func requireIntact(_ folder: String, _ comment: Comment) throws {
        let check = try run("verify", folder)
        try #require(check.status == 0, "\(comment): \(check.all)")
        try shell("cd \(folder) && for sums in *SHA256SUMS; do sha256sum -c --quiet $sums || exit 1; done")
    }
}
