import Domain
import Foundation

/// A command that prints a secret. What it prints is its caller's alone, and in no message.
struct ShellCommand {
    let text: String
    let limit: Duration

    /// No key has more bytes.
    private static let longest = 65_536

    /// Why there is no output to use; a sentence without a word of the output.
    struct Failure: Error, Equatable {
        var sentence: String
    }

    /// The command's name, for messages: the rest may hold secrets, as the assignments before it do.
    var name: String {
        let words = text.split(whereSeparator: \.isWhitespace)
        return words.first { !$0.contains("=") }.map { Terminal.plain(String($0), limit: 80) } ?? "the command"
    }

    /// Runs it by `/bin/sh -c` and returns what it prints.
    ///
    /// Its standard error is this process's own, and so is its standard input where that is a terminal: it may ask its
    /// own questions. It stays in the process group, so that a terminal lets it read, and Ctrl-C ends it.
    func output() throws(Failure) -> [UInt8] {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { throw failure("could not be started") }
        defer { for end in ends where end >= 0 { close(end) } }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        let process = try start(writingTo: ends[1])
        close(ends[1])
        ends[1] = -1
        _ = fcntl(ends[0], F_SETFL, O_NONBLOCK)
        return try collect(from: ends[0], of: process)
    }

    private func failure(_ words: String) -> Failure { Failure(sentence: "\(name) \(words)") }

    private func start(writingTo end: Int32) throws(Failure) -> pid_t {
        #if os(Linux)
            var actions = posix_spawn_file_actions_t()
            var attributes = posix_spawnattr_t()
        #else
            var actions: posix_spawn_file_actions_t?
            var attributes: posix_spawnattr_t?
        #endif
        posix_spawn_file_actions_init(&actions)
        posix_spawnattr_init(&attributes)
        defer {
            posix_spawn_file_actions_destroy(&actions)
            posix_spawnattr_destroy(&attributes)
        }
        posix_spawn_file_actions_adddup2(&actions, end, STDOUT_FILENO)
        if isatty(STDIN_FILENO) == 0 {
            // The list of people may come that way.
            posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
        }
        // What this process ignores or blocks is no other program's business.
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        for number in [SIGPIPE, SIGXFSZ, SIGINT, SIGTERM, SIGHUP] { sigaddset(&signals, number) }
        posix_spawnattr_setsigdefault(&attributes, &signals)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF) | Int16(POSIX_SPAWN_SETSIGMASK))
        let texts = CTexts()
        var arguments: [UnsafeMutablePointer<CChar>?] = ["/bin/sh", "-c", text].map { texts.pointer($0) } + [nil]
        var environment = ProcessInfo.processInfo.environment.map { texts.pointer("\($0)=\($1)") } + [nil]
        var process = pid_t()
        guard posix_spawn(&process, "/bin/sh", &actions, &attributes, &arguments, &environment) == 0 else {
            throw failure("could not be started")
        }
        return process
    }

    private func collect(from end: Int32, of process: pid_t) throws(Failure) -> [UInt8] {
        let clock = ContinuousClock()
        let deadline = clock.now.advanced(by: limit)
        var bytes: [UInt8] = []
        var status: Int32 = 0
        while true {
            let hasEnded = waitpid(process, &status, WNOHANG) == process
            read(from: end, into: &bytes)
            if hasEnded { break }
            guard bytes.count <= Self.longest, clock.now < deadline else {
                kill(process, SIGKILL)
                waitpid(process, &status, 0)
                let reason = bytes.count > Self.longest ? "printed more than a key has" : "took longer than \(limit)"
                throw failure(reason)
            }
            var watched = pollfd(fd: end, events: Int16(POLLIN), revents: 0)
            // An end that is closed would be reported at once, again and again.
            if poll(&watched, 1, 20) > 0, watched.revents & Int16(POLLIN) == 0 { usleep(10_000) }
        }
        guard status & 0x7f == 0 else { throw failure("was ended by signal \(status & 0x7f)") }
        guard status == 0 else { throw failure("ended with status \((status >> 8) & 0xff)") }
        return bytes
    }

    private func read(from end: Int32, into bytes: inout [UInt8]) {
        var piece = [UInt8](repeating: 0, count: 4096)
        while bytes.count <= Self.longest {
            let count = Foundation.read(end, &piece, piece.count)
            guard count > 0 else { return }
            bytes += piece[..<count]
        }
    }
}
