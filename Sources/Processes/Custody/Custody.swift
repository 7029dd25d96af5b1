#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif
import Synchronization

/// Keeps the children of one core, so that none outlives it however it ends.
///
/// Each child carries a marker in its environment, has a record in a directory, and runs under a guard, which ends the
/// child and all it started when the core is gone. What no guard could end, ``reap(grace:)`` ends at the next start.
public struct Custody: Sendable {
    /// This very program, even when its file has been replaced since; `nil` where there are no guards.
    public static var ownProgram: String? {
        #if os(Linux)
            // Looked up by the child before it is another program.
            "/proc/self/exe"
        #else
            nil
        #endif
    }

    /// The workspace as markers spell it.
    let workspace: String
    /// Where the records are.
    let directory: String
    /// The program that guards; `nil` for no guards.
    let guardProgram: String?
    /// Who starts the children: this process.
    let core: ProcessIdentity
    let log: @Sendable (String) -> Void

    /// Counts the children of this process, whichever custody they are in.
    private static let count = Atomic(0)

    /// A custody of this process's children; nothing is written before there is one.
    ///
    /// - Parameters:
    ///   - workspace: Tells the children of one workspace from those of others; unique on this machine.
    ///   - directory: For the records: an absolute path, whose parent exists, and for nothing else.
    ///   - program: A program that calls ``Guard/main(_:)`` when its first argument is ``Guard/word``; `nil` for
    ///     children that end by themselves when their input ends.
    ///   - log: Takes a line about what could not be ended, or was not expected; must not block.
    public init(
        workspace: String, directory: String, guardedBy program: String? = Custody.ownProgram,
        log: @escaping @Sendable (String) -> Void = { _ in }
    ) {
        self.workspace = workspace.isEmpty ? "_" : Marker.workspace(workspace)
        self.directory = directory
        // Where there is no such name, nothing can be a guard.
        guardProgram = Self.ownProgram == nil ? nil : program
        core = .current
        self.log = log
    }

    /// Records that a child is about to start.
    func admit(owner: String, grace: Duration) throws(SystemFailure) -> Ward {
        let number = Self.count.wrappingAdd(1, ordering: .relaxed).newValue
        let marker = Marker(workspace: workspace, core: core, number: number)
        guard mkdir(directory, 0o700) == 0 || errno == EEXIST else { throw SystemFailure() }
        // One that was there before may be open to others. Not ours to change is no reason to fail.
        _ = chmod(directory, 0o700)
        let ward = Ward(marker: marker, record: record(of: marker), custody: self, grace: grace)
        try ward.record.create(RecordFile.Content(owner: owner, core: core, startedAt: time(nil)))
        return ward
    }

    func record(of marker: Marker) -> RecordFile { RecordFile(path: "\(directory)/\(marker)") }

    /// The records of this workspace, oldest first.
    func records() -> [(marker: Marker, content: RecordFile.Content)] {
        let found = ProcessFile.names(in: directory).compactMap {
            name -> (marker: Marker, content: RecordFile.Content)? in
            guard let marker = Marker(name), marker.workspace == workspace,
                let content = record(of: marker).read()
            else { return nil }
            return (marker, content)
        }
        return found.sorted { ($0.content.startedAt, $0.marker.number) < ($1.content.startedAt, $1.marker.number) }
    }
}
