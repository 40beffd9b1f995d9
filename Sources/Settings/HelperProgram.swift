import Domain
import Foundation
import Subprocess
import SystemPackage

/// A program of this machine, found by `PATH` and run without a shell.
///
/// Its standard input and outputs are files: a pipe could break, fill up, or be kept open by a background process.
public struct HelperProgram: Sendable {
    /// The name of the program.
    public let name: String
    /// The package of Debian that contains it.
    public let package: String
    /// The maximum time; then it is killed.
    public let limit: Duration

    /// The maximum number of bytes that are read of an output.
    private static let longest = 1 << 20
    /// The interval of checks whether it has ended.
    private static let interval = Duration.milliseconds(5)

    /// Takes the name of a program.
    public init(_ name: String, package: String, limit: Duration) {
        self.name = name
        self.package = package
        self.limit = limit
    }

    /// How a program ended.
    public struct Finished: Sendable {
        /// The exit status.
        public var status: Int32
        /// Standard output; at most 1 MB.
        public var output: Data
        /// The lines of standard error, for messages; they may contain any characters.
        public var errors: [String]

        /// Standard output as text.
        public var text: String { String(decoding: output, as: UTF8.self) }
    }

    /// Why it did not end by itself.
    public enum Failure: Error, Equatable, Sendable {
        case notInstalled(String, package: String)
        /// A sentence.
        case failed(String)

        /// The reason, to be embedded in a message.
        public var sentence: String {
            switch self {
            case .notInstalled(let name, let package): "\(name) is not installed (package \(package))"
            case .failed(let sentence): sentence
            }
        }
    }

    /// Runs it and waits for its end. Messages of the program are in English.
    ///
    /// Credentials of the API are removed from its environment. It stays in the process group, so that it can read a
    /// passphrase from the terminal, and Ctrl-C ends it.
    ///
    /// - Parameters:
    ///   - input: standard input; nil for none.
    ///   - showsErrors: whether its standard error goes to the terminal, if there is one: it may ask for something.
    public func run(
        _ arguments: [String], input: Data? = nil, showsErrors: Bool = false
    ) async throws(Failure) -> Finished {
        do {
            return try await ScratchFolder.with { scratch in
                try await run(
                    arguments, input ?? Data(), showsErrors: showsErrors && isatty(STDERR_FILENO) == 1, in: scratch)
            }
        } catch let failure as Failure {
            throw failure
        } catch let error as SubprocessError where error.code == .executableNotFound {
            throw .notInstalled(name, package: package)
        } catch {
            throw .failed("\(name) could not be run")
        }
    }

    private func run(
        _ arguments: [String], _ input: Data, showsErrors: Bool, in scratch: ScratchFolder
    ) async throws -> Finished {
        let (output, errors) = (scratch.place("output"), scratch.place("errors"))
        let mark = CommandProcesses.Mark()
        var changes: [Environment.Key: String?] = [mark.name: mark.value, "LC_ALL": "C"]
        for variable in CredentialVariable.allCases {
            changes.updateValue(nil, forKey: Environment.Key(stringLiteral: variable.rawValue))
        }
        let result = try await Subprocess.run(
            .name(name), arguments: Arguments(arguments), environment: .inherit.updating(changes),
            input: .fileDescriptor(
                try .open(FilePath(scratch.add("input", input)), .readOnly, options: .closeOnExec),
                closeAfterSpawningProcess: true),
            output: .fileDescriptor(try Self.created(output), closeAfterSpawningProcess: true),
            error: showsErrors
                ? .currentStandardError
                : .fileDescriptor(try Self.created(errors), closeAfterSpawningProcess: true)
        ) { execution in
            let processes = CommandProcesses(root: execution.processIdentifier.value, mark: mark)
            let watch = CommandWatch(processes, limit: limit)
            defer { watch.end() }
            while !processes.rootHasEnded { try await Task.sleep(for: Self.interval) }
            return watch.end()
        }
        guard !result.closureResult else { throw Failure.failed("\(name) took longer than \(limit.inUnits)") }
        guard case .exited(let status) = result.terminationStatus else {
            throw Failure.failed("\(name) was ended by a signal")
        }
        return Finished(
            status: status, output: Self.read(output),
            errors: String(decoding: Self.read(errors), as: UTF8.self).split(whereSeparator: \.isNewline)
                .map(String.init))
    }

    private static func created(_ path: String) throws -> FileDescriptor {
        try .open(
            FilePath(path), .writeOnly, options: [.create, .exclusiveCreate, .closeOnExec],
            permissions: .ownerReadWrite)
    }

    private static func read(_ path: String) -> Data {
        guard let file = FileHandle(forReadingAtPath: path) else { return Data() }
        defer { try? file.close() }
        return (try? file.read(upToCount: longest)) ?? Data()
    }
}
