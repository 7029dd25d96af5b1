import Foundation
import Settings

/// What the settings say about talking.
struct ChatSettings: Sendable {
    let values: Settings
    /// Where agents work, an absolute path.
    let workingDirectory: String
    /// The environment that agents get.
    let childEnvironment: [String: String]
    /// What Codex gets beside it: the provider's key where the environment or `.env` has it.
    let providerKeys: [String: String]

    /// Where the settings are looked for: flags, environment, `.env`, the project's file and the user's.
    static func sources(
        workspace: String, directory: String, conf: String?, environment: [String: String], home: String
    ) -> SettingsSources {
        var sources = SettingsSources(environment: environment, home: home, directory: directory)
        sources.conf = conf
        sources.workspace = workspace
        sources.knownNames = ["CM_CHILD"]
        sources.prompts = Profiles.catalog
        sources.dotEnvFiles = [workspace + "/.env", directory + "/.env"]
        return sources
    }

    /// Takes `values`, which were looked for in `sources`.
    ///
    /// Agents work in the directory of the sources unless the values say otherwise. Throws ``Failure`` when the values
    /// do not go together.
    init(_ values: Settings, from sources: SettingsSources) throws {
        self.values = values
        workingDirectory = values[.codexAgentWorkingDirectory] ?? sources.directory
        childEnvironment = ChildEnvironment.make(sources.environment, dotEnv: values.dotEnv)
        providerKeys = ChildEnvironment.providerKeys(sources.environment, dotEnv: values.dotEnv)
        guard FileManager.default.isDirectory(workingDirectory) else {
            let origin = values.origin(of: .codexAgentWorkingDirectory)
            throw Failure(
                code: Failure.badConfiguration,
                message: "\(origin): codex.agent_working_directory is \(workingDirectory), which is no directory")
        }
        if values[.providerKind] == "azure", values[.providerBaseURL] == nil {
            let origin = values.origin(of: .providerKind)
            throw Failure(
                code: Failure.badConfiguration,
                message: "\(origin): provider.kind is azure, which has no usual place; set provider.base_url as well")
        }
    }
}
