import Foundation

/// Runs the work on a thread with the 512 KiB of stack that macOS gives to every thread but the main one.
///
/// Where that is too little the process crashes: no test can catch a stack that overflows.
func onSmallStack(_ work: @escaping @Sendable () throws -> String) async throws -> String {
    try await withCheckedThrowingContinuation { continuation in
        let thread = Thread { continuation.resume(with: Result { try work() }) }
        thread.stackSize = 512 << 10
        thread.start()
    }
}
