import CProcess
import Foundation

/// Turns the echo of a terminal off while a secret is typed. Whatever ends the process meanwhile, the echo is on again
/// afterwards.
enum HiddenInput {
    /// Does something with the echo off.
    ///
    /// - Parameter terminal: the terminal's descriptor; nil to leave it as it is.
    static func during<Value>(_ terminal: Int32?, _ body: () -> Value) -> Value {
        var settings = termios()
        guard let terminal, tcgetattr(terminal, &settings) == 0 else { return body() }
        var hidden = settings
        hidden.c_lflag &= ~tcflag_t(ECHO)
        // A signal that is ignored has a handler of its own, or the caller wants it ignored.
        let signals = [SIGINT, SIGTERM, SIGHUP].filter { !process_ignores($0) }
        let handlers = signals.map { restoringEcho(after: $0, terminal, settings) }
        tcsetattr(terminal, TCSAFLUSH, &hidden)
        defer {
            tcsetattr(terminal, TCSAFLUSH, &settings)
            handlers.forEach { $0.cancel() }
            for number in signals { signal(number, SIG_DFL) }
        }
        return body()
    }

    /// Ends the process as the signal would have, with the echo on again.
    private static func restoringEcho(
        after number: Int32, _ terminal: Int32, _ settings: termios
    ) -> any DispatchSourceSignal {
        signal(number, SIG_IGN)
        let source = DispatchSource.makeSignalSource(signal: number, queue: DispatchQueue(label: "hidden input"))
        source.setEventHandler {
            var settings = settings
            tcsetattr(terminal, TCSAFLUSH, &settings)
            FileHandle.standardError.write(Data("\n".utf8))
            _exit(ExitStatus.interrupted.rawValue)
        }
        source.resume()
        return source
    }
}
