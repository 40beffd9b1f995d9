import Domain

extension Population {
    /// Stores the listing: states that are no longer current end with its snapshot, and new ones begin with it.
    ///
    /// ```swift
    /// for kind in AccountKind.allCases { try population.keep(kind, as: snapshot.number, in: blocks(kind)) }
    /// ```
    ///
    /// - Parameters:
    ///   - kind: users or invitations.
    ///   - snapshot: the number of the listing, greater than that of every snapshot in the store.
    ///   - store: the blocks of this kind. Blocks without changes are read but not written.
    /// - Throws: ``DamagedBlock``, or an error of the store; the caller must then roll back the transaction.
    public func keep(_ kind: AccountKind, as snapshot: Int64, in store: any BlockStore) throws {
        guard snapshot > 0 else { throw DamagedBlock() }
        var merge = StateMerge(self, kind, as: snapshot)
        try merge.run(on: store)
    }
}
