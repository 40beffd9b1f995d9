import Domain

/// Merges a listing into the blocks: states that are no longer current end with its snapshot, and new ones begin with
/// it.
struct StateMerge {
    private let listed: ListedAccounts
    private let snapshot: Int64
    private var next = 0

    init(_ population: Population, _ kind: AccountKind, as snapshot: Int64) {
        listed = ListedAccounts(population, kind)
        self.snapshot = snapshot
    }

    /// Processes all blocks once; blocks without changes are not written.
    mutating func run(on store: any BlockStore) throws {
        let heads = try store.heads()
        if heads.isEmpty { return try begin(on: store) }
        for (place, head) in heads.enumerated() {
            let isLast = place + 1 == heads.count
            let end = isLast ? listed.count : listed.end(before: heads[place + 1].firstAccount, from: next)
            var blocks: [Block]?
            try store.withBytes(of: head) { bytes in blocks = try merge(bytes, from: head.firstAccount, until: end) }
            if let blocks { try store.replace(head.id, by: blocks) }
        }
    }

    /// Stores the first listing of a workspace block by block, because all blocks together are as large as the
    /// response.
    private mutating func begin(on store: any BlockStore) throws {
        var writer = BlockWriter(from: [])
        while next < listed.count {
            begin(until: min(listed.count, next + 500), of: listed.count, in: &writer)
            for block in writer.take() { try store.add(block) }
        }
        for block in writer.finish() { try store.add(block) }
    }

    /// - Returns: the blocks that replace this one; nil if nothing has changed.
    private mutating func merge(
        _ bytes: UnsafeRawBufferPointer, from firstAccount: [UInt8], until end: Int
    ) throws(DamagedBlock) -> [Block]? {
        var writer = BlockWriter(from: firstAccount)
        var hasChanged = false
        var reader = StateReader(bytes)
        var start = 0
        var record = try reader.next()
        while let first = record {
            // The states of one account: only the last can be current.
            var last = (record: first, start: start)
            let accountStart = start
            start = reader.position
            record = try reader.next()
            while let state = record, state.isSameAccount(as: first) {
                last = (state, start)
                start = reader.position
                record = try reader.next()
            }
            if begin(before: first, until: end, in: &writer) { hasChanged = true }
            let listedNow = take(first, until: end)
            writer.add(UnsafeRawBufferPointer(rebasing: bytes[accountStart..<last.start]), of: first.account)
            let lastBytes = UnsafeRawBufferPointer(rebasing: bytes[last.start..<start])
            if update(last.record, by: listedNow, as: lastBytes, in: &writer) { hasChanged = true }
            if record?.account.elementsEqual(first.account) != true { writer.endAccount() }
        }
        if next < end {
            begin(until: end, of: end, in: &writer)
            hasChanged = true
        }
        return hasChanged ? writer.finish() : nil
    }

    /// Writes the last state of an account, and the new one if it changed.
    ///
    /// - Returns: whether anything has changed.
    private func update(
        _ last: StateRecord, by listedNow: StateRecord?, as bytes: UnsafeRawBufferPointer,
        in writer: inout BlockWriter
    ) -> Bool {
        let isShown = last.gone == 0
        if isShown, let listedNow, listedNow.isSameState(as: last) {
            writer.add(bytes, of: last.account)
            return false
        }
        if isShown {
            var ended = last
            ended.gone = snapshot
            writer.add(ended)
        } else {
            writer.add(bytes, of: last.account)
        }
        if let listedNow { writer.add(listedNow) }
        return isShown || listedNow != nil
    }

    /// Takes the entry of the listing for an account, if it is the next one.
    private mutating func take(_ account: StateRecord, until end: Int) -> StateRecord? {
        guard next < end else { return nil }
        let candidate = listed.record(next, first: snapshot)
        guard candidate.isSameAccount(as: account) else { return nil }
        next += 1
        return candidate
    }

    /// Adds the accounts of the listing that come before another.
    ///
    /// - Returns: whether there were any.
    private mutating func begin(
        before account: StateRecord, until end: Int, in writer: inout BlockWriter
    ) -> Bool {
        let start = next
        while next < end {
            let candidate = listed.record(next, first: snapshot)
            let order = StateRecord.order(candidate.account, account.account)
            guard order < 0 || (order == 0 && candidate.occurrence < account.occurrence) else { break }
            writer.add(candidate)
            next += 1
            if order < 0 { endAccount(until: end, in: &writer) }
        }
        return next > start
    }

    private mutating func begin(until stop: Int, of end: Int, in writer: inout BlockWriter) {
        while next < stop {
            writer.add(listed.record(next, first: snapshot))
            next += 1
            endAccount(until: end, in: &writer)
        }
    }

    /// Lets the block end after the entry before `next`, unless the same account comes again.
    private func endAccount(until end: Int, in writer: inout BlockWriter) {
        if next >= end || listed.occurrence(next) == 1 { writer.endAccount() }
    }
}
