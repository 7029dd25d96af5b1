import Changes
import Conversation
import Processes

/// The changes of directories, for the core.
///
/// Nothing but the storage has a memory, so another one can take its place when the environment changes.
struct WorkspaceChanges: ChangeTracking {
    /// The most bytes of a difference that a reviewer gets.
    private static let limit = 60_000

    /// What git needs to find its settings and its programs; a provider's key is no business of it.
    private static let names: Set<String> = ["PATH", "HOME", "XDG_CONFIG_HOME", "TMPDIR", "LANG", "LC_ALL", "USER"]

    private let tracker: ChangeTracker

    /// Keeps what it needs in `storage`; uses the git that `environment` leads to, if there is one.
    init(storage: String, environment: [String: String], custody: Custody) {
        tracker = ChangeTracker(
            storage: storage, git: Executables.find("git", path: environment["PATH"]),
            environment: Self.gitEnvironment(environment), custody: custody)
    }

    /// What of `environment` git gets.
    static func gitEnvironment(_ environment: [String: String]) -> [String: String] {
        environment.filter { names.contains($0.key) }
    }

    func snapshot(of directory: String) async throws -> String {
        try await tracker.snapshot(of: directory).rawValue
    }

    func changes(in directory: String, since snapshot: String) async throws -> String {
        try await tracker.changes(in: directory, since: SnapshotID(rawValue: snapshot), limit: Self.limit).text
    }
}
