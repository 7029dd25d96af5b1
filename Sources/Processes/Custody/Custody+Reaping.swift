#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// A child of an earlier core that was still there, and was ended.
public struct Reaped: Hashable, Sendable {
    /// What it carries in its environment.
    public var marker: String
    /// Whose it was; `nil` when there was no record of it.
    public var owner: String?
    /// The beginnings of the command lines of its processes, its guard's included.
    public var commands: [String]
    /// The numbers of those that did not end even when killed.
    public var survivors: [Int32]
}

extension Custody {
    /// Ends what earlier cores of this workspace have left behind, and removes their records.
    ///
    /// That is: what carries a marker of this workspace, or descends from such a process, and whose core is gone. Each
    /// gets SIGTERM, and after `grace` SIGKILL, as the very process that was found and not as a number. Also done to
    /// the end when the task is cancelled.
    public func reap(grace: Duration = .seconds(2)) async -> [Reaped] {
        await uncancelled { await reapAll(grace: grace) }
    }

    private func reapAll(grace: Duration) async -> [Reaped] {
        removeGarbage()
        let abandoned = records().filter { !$0.content.core.isRunning }
        let owners = Dictionary(abandoned.map { ("\($0.marker)", $0.content.owner) }) { first, _ in first }
        let found = remains(in: ProcessTable())
        let reaped = found.map { marker, processes in
            let commands = processes.sorted { $0.pid < $1.pid }.map { ProcessTable.command(of: $0.pid) }
            return Reaped(marker: marker, owner: owners[marker], commands: commands, survivors: [])
        }
        if !found.isEmpty { await end(guards: Set(abandoned.compactMap(\.content.guard)), grace: grace) }
        let left = found.isEmpty ? [:] : remains(in: ProcessTable())
        for (marker, _) in abandoned where left["\(marker)"] == nil { record(of: marker).remove() }
        return reaped.sorted { $0.marker < $1.marker }.map { reaped in
            var reaped = reaped
            reaped.survivors = (left[reaped.marker] ?? []).map(\.pid)
            return reaped
        }
    }

    private func end(guards: Set<ProcessIdentity>, grace: Duration) async {
        let all = Sweep { table in Array(Set(remains(in: table).values.joined())) }
        // A guard passes the signal on by itself, and what it guards should not get it twice.
        let asked = Sweep { table in
            let tops = guards.filter { table.entries[$0.pid]?.identity == $0 }
            let guarded = Set(tops.flatMap { table.descendants(of: $0.pid) })
            return all.targets(table).filter { !guarded.contains($0) }
        }
        asked.signal(SIGTERM)
        await all.wait(atMost: grace)
        // Guards last: what they guard would be nobody's without them.
        _ = await Sweep { table in all.targets(table).filter { !guards.contains($0.identity) } }.kill()
        for entry in await all.kill() { log("process \(entry.identity) of an earlier start does not end") }
    }

    /// What runs of the children of cores that are gone, by marker.
    private func remains(in table: ProcessTable) -> [String: [ProcessTable.Entry]] {
        // This process may have been started, by detours, by such a child.
        let spared = table.lineage(of: getpid())
        let marked = table.marked(with: Marker.prefix(of: workspace)).filter { _, text in
            Marker(text).map { !$0.core.isRunning } ?? false
        }
        return Dictionary(grouping: marked, by: \.marker).mapValues { marked in
            table.trees(of: marked.map(\.entry).filter { !spared.contains($0.pid) })
                .filter { !$0.hasEnded && !spared.contains($0.pid) }
        }.filter { !$0.value.isEmpty }
    }

    /// Removes what is in the directory and is no record, unless a running core may be about to make it one.
    private func removeGarbage() {
        for name in ProcessFile.names(in: directory) {
            let isDraft = name.hasSuffix(RecordFile.draftSuffix)
            let file = RecordFile(path: "\(directory)/\(name)")
            if let marker = Marker(isDraft ? String(name.dropLast(RecordFile.draftSuffix.count)) : name) {
                if marker.workspace != workspace || marker.core.isRunning { continue }
                if !isDraft, file.read() != nil { continue }
            }
            file.remove()
        }
    }
}
