/// The processes of the system at one moment, as far as this user may see them.
///
/// The look takes some milliseconds and is not atomic: what is forked meanwhile may be missing.
public struct ProcessTable: Sendable {
    /// What is known of one process.
    public struct Entry: Hashable, Sendable {
        /// Which one.
        public let identity: ProcessIdentity
        /// The number of its parent.
        public let parent: Int32
        /// Its process group.
        public let group: Int32
        /// Its session.
        public let session: Int32
        /// Whether it has ended, and its parent has yet to notice.
        public let hasEnded: Bool
        /// The memory it has in use, in bytes; what several share is counted for each.
        public let residentBytes: Int

        /// Its number.
        public var pid: Int32 { identity.pid }
    }

    /// By number.
    public let entries: [Int32: Entry]

    /// A table of these.
    init(_ entries: some Sequence<Entry>) {
        self.entries = Dictionary(entries.map { ($0.pid, $0) }) { _, later in later }
    }

    /// All processes now.
    public init() { self.init(Self.pids.lazy.compactMap { Entry(of: $0) }) }

    /// All that descend from `pid`, itself not among them; parents before their children.
    public func descendants(of pid: Int32) -> [Entry] {
        let children = Dictionary(grouping: entries.values, by: \.parent)
        var found: [Entry] = []
        var pending = [pid]
        var seen: Set<Int32> = [pid]
        while let next = pending.popLast() {
            for child in children[next] ?? [] where seen.insert(child.pid).inserted {
                found.append(child)
                pending.append(child.pid)
            }
        }
        return found
    }

    /// `pid` and the parents above it.
    func lineage(of pid: Int32) -> Set<Int32> {
        var line: Set<Int32> = []
        var next = pid
        while next > 0, line.insert(next).inserted { next = entries[next]?.parent ?? 0 }
        return line
    }

    /// The processes that were given a marker beginning with `prefix`, with their markers; what they started inherits
    /// it.
    ///
    /// - Parameter startTime: Older processes are not looked at.
    func marked(with prefix: String, since startTime: UInt64 = 0) -> [(entry: Entry, marker: String)] {
        entries.values.compactMap { entry in
            guard !entry.hasEnded, entry.identity.startTime >= startTime,
                let marker = Self.value(of: Marker.variable, in: entry.pid), marker.hasPrefix(prefix),
                // The number may have changed hands since.
                Entry(of: entry.pid)?.identity == entry.identity
            else { return nil }
            return (entry, marker)
        }
    }
}
