import Domain

/// What a seed stands for: a list, a workspace with its faults, and what people and machines do meanwhile.
struct Scenario: CustomStringConvertible {
    /// What the API does about an invite of somebody who is invited already. Nobody knows what the real one does.
    enum SecondInvite: String, CaseIterable { case refuses, ok, mailsAgain }

    enum Machine: String { case same, restarted, another }

    var seed: UInt64
    var rows: Int
    var concurrency: Int
    var batch: Int
    var rate: Double?
    var secondInvite: SecondInvite
    /// How far behind a listing may be.
    var lag: Double
    /// For how long listings show the workspace of the beginning to a run that has been answered *ok*: a cache, which
    /// shows by what it lacks that it is one.
    var frozen: Double
    /// How long a request may take that takes effect late. What nothing shows to be late is beyond any bound, so this
    /// and the lag together stay within the timeout and the grace period.
    var slowness: Double
    /// The forms in which requests end that do not simply succeed.
    var faults: [Fault]
    /// How many requests of a hundred do so.
    var faultRate: Int
    /// Rows that the API refuses every time.
    var refusedRows: Int
    /// From when on every mutation gets the same answer, and what; for a while.
    var outage: (from: Double, length: Double, fault: Fault)?
    /// When a process dies, each after the one before has ended.
    var deaths: [Double]
    /// Whether the next process begins the list anew instead of resuming the run.
    var restarts: [Bool]
    /// How many rows a colleague invites by hand.
    var colleague: Int
    /// By how much the time of day jumps between two processes.
    var clockJump: Double
    /// What the next process runs on.
    var machine: Machine
    /// Whether somebody resumes the first of the unfinished runs, and not the last.
    var resumesFirst: Bool

    init(seed: UInt64) {
        var random = SeededGenerator(seed: seed ^ 0x5ce9_a210)
        self.seed = seed
        rows = 1 + random.below(random.happens(0.2) ? 16 : 6)
        concurrency = 1 + random.below(4)
        batch = random.happens(0.3) ? 2 + random.below(4) : 1
        rate = random.happens(0.5) ? nil : 5
        secondInvite = random.element(of: SecondInvite.allCases)
        lag = random.element(of: [0, 0, 5, 25])
        slowness = random.element(of: [0.1, 3, 29, 59 - lag])
        faults = (0..<1 + random.below(3)).map { _ in random.element(of: Fault.allCases) }
        faultRate = random.element(of: [10, 30, 60, 100])
        refusedRows = random.happens(0.2) ? 1 : 0
        outage =
            random.happens(0.1)
            ? (Double(random.below(4)), random.element(of: [5, 60, 1000]), random.element(of: Fault.allCases)) : nil
        let processes = random.element(of: [0, 0, 1, 1, 2, 3])
        deaths = (0..<processes).map { _ in Double(random.below(1000)) / random.element(of: [10, 100, 500]) }
        restarts = (0..<processes).map { _ in random.happens(0.4) }
        frozen = processes == 0 && random.happens(0.3) ? Double(40 + random.below(100)) : 0
        colleague = random.happens(0.2) ? 1 + random.below(2) : 0
        clockJump = random.happens(0.3) ? Double(random.below(200_000)) - 100_000 : 0
        machine = random.happens(0.8) ? .same : random.happens(0.5) ? .restarted : .another
        // Between two machines there is only the time of day; one that is behind is noticed.
        if machine == .another { clockJump = min(0, clockJump) }
        resumesFirst = random.happens(0.3)
    }

    var description: String {
        """
        seed \(seed): \(rows) rows, concurrency \(concurrency), batch \(batch), rate \(rate.map { "\($0)" } ?? "none"), \
        a second invite \(secondInvite.rawValue), lag up to \(lag) s, \
        frozen \(frozen) s, slow up to \(slowness) s, \
        \(faultRate) % \(faults.map(\.rawValue)), \(refusedRows) refused, \
        outage \(outage.map { "\($0)" } ?? "none"), deaths \(deaths), restarts \(restarts), colleague \(colleague), \
        clock jump \(clockJump) s, \
        next machine \(machine.rawValue)\(resumesFirst ? ", resumes the first run" : "")
        """
    }

    /// Simpler scenarios, to see which part of this one a failure needs.
    var simpler: [Scenario] {
        var found: [Scenario] = []
        func add(_ change: (inout Scenario) -> Void) {
            var one = self
            change(&one)
            if one.description != description { found.append(one) }
        }
        if !deaths.isEmpty {
            add {
                $0.deaths.removeLast(); $0.restarts.removeLast()
            }
            add {
                $0.deaths.removeFirst(); $0.restarts.removeFirst()
            }
        }
        add { $0.outage = nil }
        add { $0.colleague = 0 }
        add { $0.clockJump = 0 }
        add { $0.machine = .same }
        add { $0.resumesFirst = false }
        add { $0.refusedRows = 0 }
        add { $0.batch = 1 }
        add { $0.concurrency = 1 }
        add { $0.lag = 0 }
        add { $0.frozen = 0 }
        add { $0.rate = nil }
        if rows > 1 { add { $0.rows /= 2 }; add { $0.rows -= 1 } }
        for place in faults.indices where faults.count > 1 { add { $0.faults.remove(at: place) } }
        return found
    }
}

/// A way in which a mutation ends. The raw value is what a trace says.
enum Fault: String, CaseIterable {
    // They cannot have happened.
    case connectionRefused, tooMany, tooManyWithTime, unauthorized, badRequest, tooLarge
    // Declined, and perhaps done all the same.
    case notOK, namedError, inputCode, inputCodeAlone, paymentRequired, forbidden, notFound, unprocessable, redirect,
        page, signInPage
    // Nobody can say.
    case requestTimeout, internalError, badGateway, unavailable, unavailableWithTime, gatewayTimeout
    case dataNull, errorWithoutCode, errorWithoutData, okAndError, otherShape, cutShort, emptyBody
    case reset, silence, throttledMessage, throttledCode, partialData, partialDataUnder400

    /// Whether a request that ends like this may have taken effect.
    var mayTakeEffect: Bool {
        switch self {
        case .connectionRefused, .tooMany, .tooManyWithTime, .unauthorized, .badRequest, .tooLarge: false
        default: true
        }
    }

    /// Whether it may take effect after the answer: the server goes on, and nobody waits for it any more.
    var mayTakeEffectLater: Bool {
        switch self {
        case .requestTimeout, .internalError, .badGateway, .unavailable, .unavailableWithTime, .gatewayTimeout,
            .dataNull, .errorWithoutCode, .errorWithoutData, .cutShort, .emptyBody, .reset, .silence,
            .throttledMessage, .throttledCode:
            true
        default: false
        }
    }
}
