import AgentShell
import Foundation
import Processes
import Settings

/// What the settings say about talking, read once at the start.
struct ChatSettings {
    let codex: CodexOptions
    let turnTimeout: Duration
    let silentAfter: Duration
    let warnings: [String]
    /// Whether somebody wrote down which program Codex is.
    let isCodexChosen: Bool

    /// Whether the program is there.
    var isCodexInstalled: Bool { Executables.find(codex.command, path: codex.environment["PATH"]) != nil }

    /// Reads flags, environment, `.env` and the user's file.
    ///
    /// Throws ``Failure`` with all that is wrong in them.
    ///
    /// `directory` is where agents work unless the settings say otherwise.
    init(
        workspace: String, directory: String, conf: String?, environment: [String: String], home: String
    ) throws {
        let settings: Settings
        do {
            var sources = SettingsSources(environment: environment, home: home, directory: directory)
            sources.conf = conf
            sources.dotEnvFiles = [workspace + "/.env", directory + "/.env"]
            settings = try sources.load()
        } catch {
            throw Failure(code: Failure.badConfiguration, message: error.description)
        }
        let place = settings[.codexAgentWorkingDirectory] ?? directory
        guard Self.isDirectory(place) else {
            let origin = settings.origin(of: .codexAgentWorkingDirectory)
            throw Failure(
                code: Failure.badConfiguration,
                message: "\(origin): codex.agent_working_directory is \(place), which is no directory")
        }
        codex = CodexOptions(
            command: settings[.codexCommand],
            environment: ChildEnvironment.make(environment, dotEnv: settings.dotEnv),
            workingDirectory: place, model: settings[.codexAgentModel],
            approvalPolicy: settings[.codexApprovalPolicy], sandbox: settings[.codexSandbox],
            handshakeTimeout: settings[.codexHandshakeTimeout], interruptTimeout: settings[.codexInterruptTimeout],
            clientVersion: Program.version)
        turnTimeout = settings[.turnTimeout]
        silentAfter = settings[.turnSilentAfter]
        warnings = settings.warnings
        isCodexChosen = settings.origin(of: .codexCommand) != .default
    }

    private static func isDirectory(_ path: String) -> Bool {
        var isDirectory: ObjCBool = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) && isDirectory.boolValue
    }
}
