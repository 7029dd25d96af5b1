import Foundation
import Settings

/// What the settings say about talking, read once at the start.
struct ChatSettings {
    let values: Settings
    /// Where agents work, an absolute path.
    let workingDirectory: String
    /// The environment that agents get.
    let childEnvironment: [String: String]

    /// Reads flags, environment, `.env`, the project's file and the user's.
    ///
    /// Throws ``Failure`` with all that is wrong in them. `directory` is where agents work unless the settings say
    /// otherwise.
    init(
        workspace: String, directory: String, conf: String?, environment: [String: String], home: String
    ) throws {
        do {
            var sources = SettingsSources(environment: environment, home: home, directory: directory)
            sources.conf = conf
            sources.workspace = workspace
            sources.knownNames = ["CM_CHILD"]
            sources.dotEnvFiles = [workspace + "/.env", directory + "/.env"]
            values = try sources.load()
        } catch {
            throw Failure(code: Failure.badConfiguration, message: error.description)
        }
        workingDirectory = values[.codexAgentWorkingDirectory] ?? directory
        childEnvironment = ChildEnvironment.make(environment, dotEnv: values.dotEnv)
        guard Self.isDirectory(workingDirectory) else {
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

    private static func isDirectory(_ path: String) -> Bool {
        var isDirectory: ObjCBool = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) && isDirectory.boolValue
    }
}
