import CProcess
import Dispatch
import Domain
import Foundation

/// Deletes temporary folders and files when a signal ends the process, for commands that do not handle signals themselves.
enum SignalCleanup {
    /// Runs `body`. A signal that arrives meanwhile deletes the folders, and then ends the process as it would have.
    static func during<Value>(_ body: () async throws -> Value) async rethrows -> Value {
        // A signal that is ignored stays ignored, so that nohup works.
        let numbers = [SIGINT, SIGTERM, SIGHUP].filter { !process_ignores($0) }
        // While folders are deleted, `body` may fail because of that. The process must end by the signal nevertheless.
        let ending = NSLock()
        let sources = numbers.map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler {
                ending.withLock {
                    ScratchFolder.deleteAll {
                        PartialFile.deleteAll {
                            signal(number, SIG_DFL)
                            kill(getpid(), number)
                            // Nothing happens any more until the signal has ended the process.
                            sleep(60)
                        }
                    }
                }
            }
            source.resume()
            return source
        }
        defer {
            ending.withLock {
                sources.forEach { $0.cancel() }
                for number in numbers { signal(number, SIG_DFL) }
            }
        }
        return try await body()
    }
}
