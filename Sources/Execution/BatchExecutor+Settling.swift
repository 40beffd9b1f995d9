import Domain

extension BatchExecutor {
    /// Settles unconfirmed rows by listings, as long as a further listing can settle any.
    ///
    /// - Parameter lookAt: when the next listing is due, since the start of the run.
    /// - Returns: whether rows returned to the plan, or the run can continue after a suspected general fault.
    func settle(_ lookAt: inout Duration) async throws -> Bool {
        let suspects = control.suspects
        guard control.open > 0 || !suspects.isEmpty else { return false }
        var terms = SettlementTerms(
            maxAttempts: options.maxAttempts, resendUndecided: options.resendUndecided,
            grace: max(options.settleWait, control.slowest * 2), timeout: options.timeout, returned: suspects)
        // Rows that cannot have had an effect need no listing, and are final even if the run is ending.
        var total = try await journal.settle(by: nil, on: terms)
        control.count(total)
        var failures = 0
        while control.ending == nil, total.open > 0 {
            guard await wait(until: lookAt) else { break }
            let askedAt = time.elapsed()
            let roster: Roster
            do {
                roster = try await rosterSource.listUsers()
            } catch {
                failures += 1
                guard let pause = pause(after: error, failures) else { break }
                lookAt = time.elapsed() + pause
                continue
            }
            let now = time.elapsed()
            let found = try await journal.settle(by: Look(roster, age: now - askedAt), on: terms)
            control.count(found)
            total.add(found)
            guard let next = found.nextLook, found.open > 0 else { break }
            // Slow listings are requested less often.
            lookAt = now + max(next, (now - askedAt) * 2)
            if suspects.isEmpty ? found.sendAgain > 0 : found.returnedOpen == 0 { break }
        }
        guard !suspects.isEmpty else { return total.sendAgain > 0 }
        return try await conclude(suspects, total, &terms)
    }

    /// Concludes the suspicion that all rows with the same error have a common cause: if none of them took effect, they
    /// return to the plan and the run stops.
    ///
    /// - Returns: whether the run continues.
    private func conclude(
        _ suspects: Set<Int64>, _ total: Settlement, _ terms: inout SettlementTerms
    ) async throws -> Bool {
        guard control.ending == nil else { return false }
        let isOver = total.returnedTookEffect == 0
        if isOver {
            // Rows that no listing has settled yet are checked again, and do not fail, when the run is resumed.
            terms.releases = true
            control.count(try await journal.settle(by: nil, on: terms))
        }
        control.endSuspicion(stopping: isOver)
        return !isOver
    }

    /// Waits until a listing is due; false if the run ends first.
    private func wait(until due: Duration) async -> Bool {
        while control.ending == nil, case let left = due - time.elapsed(), left > .zero {
            control.waitingToCheck(left)
            await time.sleep(min(left, nap))
        }
        return control.ending == nil
    }

    /// How long to wait after a failed listing; nil if no further one is requested.
    private func pause(after failure: ListingFailure, _ failures: Int) -> Duration? {
        switch failure {
        case .credentialsRefused(let reason):
            control.end(.stopped(.credentialsRefused(reason: reason)))
            return nil
        case .unreachable(let reason): return control.unreached(reason, jitter: jitter())
        case .throttled(let reason, let wait): return control.throttled(reason, wait: wait)
        case .unusable(let reason):
            guard failures < 3, control.suspects.isEmpty else {
                // The rows stay unknown, and the reason is reported.
                control.couldNotCheck(reason)
                return nil
            }
            return max(options.settleWait / 3, .milliseconds(50))
        }
    }
}
