import Domain

extension Population {
    /// Brings the listing into the states that are kept: those that are over end with its snapshot, and new ones begin
    /// with it.
    ///
    /// ```swift
    /// for kind in AccountKind.allCases { try population.keep(kind, as: snapshot.number, in: blocks(kind)) }
    /// ```
    ///
    /// - Parameters:
    ///   - kind: users or invites.
    ///   - snapshot: the listing's number, greater than that of every snapshot in the store.
    ///   - store: the blocks of this kind. Those in which nothing has changed are read and not written.
    /// - Throws: ``DamagedBlock``, or what the store throws; the store's transaction is then to be rolled back.
    public func keep(_ kind: AccountKind, as snapshot: Int64, in store: any BlockStore) throws {
        guard snapshot > 0 else { throw DamagedBlock() }
        var merge = StateMerge(self, kind, as: snapshot)
        try merge.run(on: store)
    }
}
