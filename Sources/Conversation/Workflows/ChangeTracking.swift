/// Tells what happened to files between two moments.
///
/// A port: adapters conform.
public protocol ChangeTracking: Sendable {
    /// Remembers how `directory`, an absolute path, is now; returns a name for it that survives a restart.
    func snapshot(of directory: String) async throws -> String

    /// What differs in `directory` from `snapshot`, as text of bounded size for an agent.
    func changes(in directory: String, since snapshot: String) async throws -> String
}
