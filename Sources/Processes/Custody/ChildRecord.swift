#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// A child in custody, as any process of the user sees it.
public struct ChildRecord: Hashable, Sendable {
    /// What it carries in its environment.
    public var marker: String
    /// Whose it is, as ``ChildProcess/owner`` said.
    public var owner: String
    /// The program; `nil` when it has not started yet.
    public var pid: Int32?
    /// Its guard; `nil` when it has none.
    public var guardPID: Int32?
    /// The process that started it.
    public var corePID: Int32
    /// Whether that process still runs; the next start ends the children of one that does not.
    public var isCoreRunning: Bool
    /// How long ago it was started.
    public var age: Duration
    /// How many processes it is now, its guard and all that they started included; 0 when none is left.
    public var processCount: Int
    /// The memory that these have in use, in bytes; what several share is counted for each.
    public var residentBytes: Int
}

extension Custody {
    /// The children on record in this workspace, whichever process started them; oldest first.
    public func children() -> [ChildRecord] {
        let records = records()
        guard !records.isEmpty else { return [] }
        let table = ProcessTable()
        let marked = table.marked(with: Marker.prefix(of: workspace))
        let now = time(nil)
        return records.map { marker, content in
            let text = "\(marker)"
            let tree = table.trees(of: marked.filter { $0.marker == text }.map(\.entry)).filter { !$0.hasEnded }
            return ChildRecord(
                marker: text, owner: content.owner, pid: content.program?.pid, guardPID: content.guard?.pid,
                corePID: content.core.pid, isCoreRunning: content.core.isRunning,
                age: .seconds(max(0, now - content.startedAt)), processCount: tree.count,
                residentBytes: tree.reduce(0) { $0 + $1.residentBytes })
        }
    }
}
