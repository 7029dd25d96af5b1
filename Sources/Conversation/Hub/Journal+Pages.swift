extension Journal {
    /// Hands the records of `session` behind `cursor` to `look`, in order, until that says that it has seen enough.
    ///
    /// They are read in pages: however many there are, few are in memory.
    func read(_ session: SessionID, after cursor: Cursor, until look: (Record) -> Bool) async throws {
        var last = cursor
        while true {
            let page = try await records(of: session, .first(256, after: last))
            guard let end = page.last?.cursor, !page.contains(where: look) else { return }
            last = end
        }
    }
}
