#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// Ends processes that may start others meanwhile, until a look finds none.
struct Sweep: Sendable {
    /// Which ones, in a table of this moment.
    let targets: @Sendable (ProcessTable) -> [ProcessTable.Entry]

    /// Those that run now; never this process or one above it, which may themselves be somebody's children.
    func remaining() -> [ProcessTable.Entry] {
        let table = ProcessTable()
        let spared = table.lineage(of: getpid())
        return targets(table).filter { !$0.hasEnded && !spared.contains($0.pid) }
    }

    /// Signals each that runs now; returns them.
    @discardableResult func signal(_ number: Int32) -> [ProcessTable.Entry] {
        let found = remaining()
        for entry in found { entry.identity.signal(number) }
        return found
    }

    /// Kills until none runs; returns those that still do when `limit` has passed.
    func kill(within limit: Duration = .seconds(2)) async -> [ProcessTable.Entry] {
        let deadline = ContinuousClock.now + limit
        while true {
            let found = signal(SIGKILL)
            guard !found.isEmpty, ContinuousClock.now < deadline else { return found }
            // Strangers' ends are not told, and the system takes a moment for them. Nothing cancels this.
            try? await Task.sleep(for: .milliseconds(5))
        }
    }

    /// Waits until none runs, or `limit` has passed.
    func wait(atMost limit: Duration) async {
        let deadline = ContinuousClock.now + limit
        while !remaining().isEmpty, ContinuousClock.now < deadline {
            // As above.
            try? await Task.sleep(for: .milliseconds(20))
        }
    }
}

extension ProcessTable {
    /// `processes` and all that descends from them.
    func trees(of processes: [Entry]) -> [Entry] {
        var found = Set(processes)
        for process in processes { found.formUnion(descendants(of: process.pid)) }
        return Array(found)
    }
}
