import Changes
import Conversation
import Processes

/// The files, the repository and the logs of a workspace, for the core.
///
/// Nothing but the storage has a memory, so another one can take its place when the environment changes.
struct WorkspaceSurroundings: Surroundings {
    private let reader: DirectoryReader
    private let logs: ProcessLogs

    /// Keeps what it needs in `storage`, and finds logs in the folder `logs`; `redact` takes secrets out of what it tells.
    init(
        storage: String, logs: String, environment: [String: String], custody: Custody,
        redact: @escaping @Sendable (String) -> String
    ) {
        reader = DirectoryReader(
            storage: storage, git: Executables.find("git", path: environment["PATH"]),
            environment: WorkspaceChanges.gitEnvironment(environment), custody: custody, redact: redact)
        self.logs = ProcessLogs(folder: logs, redact: redact)
    }

    func answer(_ question: SurroundingsQuestion, in directory: String) async throws -> String {
        switch question {
        case .changes: try await reader.changes(in: directory)
        case .diff: try await reader.diff(in: directory)
        case .branches: try await reader.branches(in: directory)
        case .commits(let count): try await reader.commits(count, in: directory)
        case .find(let text): try await reader.find(text, in: directory)
        case .file(let name, let lines): try await reader.file(name, lines: lines, in: directory)
        case .log(let lines, let process): try await logs.tail(lines, of: process)
        }
    }
}
