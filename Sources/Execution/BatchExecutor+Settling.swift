import Domain

extension BatchExecutor {
    /// Decides open rows by listings, as long as a further listing can decide something.
    ///
    /// - Parameter lookAt: when the next listing is due, since the run began.
    /// - Returns: whether rows returned to the plan, or the run can go on after a suspicion.
    func settle(_ lookAt: inout Duration) async throws -> Bool {
        let suspects = control.suspects
        guard control.open > 0 || !suspects.isEmpty else { return false }
        var terms = SettlementTerms(
            maxAttempts: options.maxAttempts, resendUndecided: options.resendUndecided,
            grace: max(options.settleWait, control.slowest * 2), timeout: options.timeout, returned: suspects)
        // What cannot have had an effect needs no listing, and is final even if the run is ending.
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
            // A listing that takes long is not asked for all the time.
            lookAt = now + max(next, (now - askedAt) * 2)
            if suspects.isEmpty ? found.sendAgain > 0 : found.returnedOpen == 0 { break }
        }
        guard !suspects.isEmpty else { return total.sendAgain > 0 }
        return try await conclude(suspects, total, &terms)
    }

    /// Row after row got the same answer: where none of them took effect, the run stops, and they are in its plan again.
    private func conclude(
        _ suspects: Set<Int64>, _ total: Settlement, _ terms: inout SettlementTerms
    ) async throws -> Bool {
        guard control.ending == nil else { return false }
        let isOver = total.returnedTookEffect == 0
        if isOver {
            // Those that no listing has decided yet are looked for again, and not failed, when the run is resumed.
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

    /// How long to wait after a listing that could not be had; nil if no other one is asked for.
    private func pause(after failure: ListingFailure, _ failures: Int) -> Duration? {
        switch failure {
        case .credentialsRefused(let reason):
            control.end(.stopped(.credentialsRefused(reason: reason)))
            return nil
        case .unreachable(let reason): return control.unreached(reason, jitter: jitter())
        case .throttled(let reason, let wait): return control.throttled(reason, wait: wait)
        case .unusable(let reason):
            guard failures < 3, control.suspects.isEmpty else {
                // The rows stay unknown and say so.
                control.couldNotCheck(reason)
                return nil
            }
            return max(options.settleWait / 3, .milliseconds(50))
        }
    }
}
