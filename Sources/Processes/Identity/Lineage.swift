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
    /// A process that is gone or not visible counts as such a child: nothing is known in its favour.
    public static func child(above pid: Int32) -> ChildOfOurs? {
        guard pid > 0, var entry = ProcessTable.Entry(of: pid) else { return ChildOfOurs(pid: pid, owner: nil) }
        var seen: Set<Int32> = []
        while seen.insert(entry.pid).inserted {
            if let marker = ProcessTable.value(of: Marker.variable, in: entry.pid) {
                return ChildOfOurs(pid: entry.pid, owner: marker)
            }
            // At the top, or among those of other users whose parents are not told.
            guard entry.parent > 0, let parent = ProcessTable.Entry(of: entry.parent) else { return nil }
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
