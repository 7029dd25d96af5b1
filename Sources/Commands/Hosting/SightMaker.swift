import Processes
import Redaction
import Store

/// Makes what the core sees of the place in which it works, as the settings of the moment want it.
struct SightMaker: Sendable {
    let state: StateDirectory
    let custody: Custody
    let secrets: Secrets

    /// What tells reviewers of changes.
    func changes(_ settings: ChatSettings) -> WorkspaceChanges {
        WorkspaceChanges(storage: state.file("changes"), environment: settings.childEnvironment, custody: custody)
    }

    /// What tells of files, the repository and logs.
    func surroundings(_ settings: ChatSettings) -> WorkspaceSurroundings {
        WorkspaceSurroundings(
            storage: state.file("changes"), logs: state.path, environment: settings.childEnvironment, custody: custody
        ) { [secrets] in secrets.redactor.redact($0).text }
    }
}
