#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// Where a process comes from: whether one of our children is among its ancestors, or it is one itself.
///
/// Children carry a marker, which they inherit to all they start; one that takes it off still descends from a guard or
/// an agent that carries it, since a guard adopts what loses its parent. What a child has started by another service of
/// the system (a terminal multiplexer or a job daemon that ran before) cannot be told from what a person starts, nor can
/// what has taken the marker off and outlived a guard that it killed: only a sandbox keeps such children in.
public enum Lineage {
    /// The child of ours from which `pid` descends; `nil` for none.
    ///
    /// A process that is gone, or whose ancestors go while they are looked at, counts as such a child: nothing is known in
    /// its favour.
    public static func child(above pid: Int32) -> ChildOfOurs? { child(above: pid, in: .now) }

    /// What is asked about processes.
    struct Look: Sendable {
        /// The process that has this number now; `nil` when there is none, or it may not be seen.
        var entry: @Sendable (Int32) -> ProcessTable.Entry?
        /// The marker that it was started with; `nil` for none.
        var marker: @Sendable (Int32) -> String?
        /// Whether there is such a process, which belongs to somebody else.
        var isForeign: @Sendable (Int32) -> Bool

        static let now = Look(
            entry: { ProcessTable.Entry(of: $0) }, marker: { ProcessTable.value(of: Marker.variable, in: $0) },
            isForeign: { kill($0, 0) != 0 && errno == EPERM })
    }

    static func child(above pid: Int32, in look: Look) -> ChildOfOurs? {
        guard pid > 0, var entry = look.entry(pid) else { return ChildOfOurs(pid: pid, owner: nil) }
        var seen: Set<Int32> = []
        while seen.insert(entry.pid).inserted {
            if let marker = look.marker(entry.pid) { return ChildOfOurs(pid: entry.pid, owner: marker) }
            // It may have got another parent, or ended, while it was asked for its marker.
            guard let now = look.entry(entry.pid), now.identity == entry.identity else {
                return ChildOfOurs(pid: entry.pid, owner: nil)
            }
            // At the top, as far as this process may see.
            guard now.parent > 0 else { return nil }
            guard let parent = look.entry(now.parent), parent.identity.startTime <= now.identity.startTime else {
                // Among those of other users whose parents are not told; else it has just gone.
                return look.isForeign(now.parent) ? nil : ChildOfOurs(pid: now.parent, owner: nil)
            }
            entry = parent
        }
        return nil
    }

    /// The child of ours from which this process descends; `nil` for none.
    public static func childAboveThis() -> ChildOfOurs? { child(above: getpid()) }
}

/// A process that was started for an agent, as far as it shows.
public struct ChildOfOurs: Hashable, Sendable {
    /// Its number.
    public var pid: Int32
    /// Its marker; `nil` when it has gone before it could be asked.
    public var owner: String?
}
