import Foundation
import Processes
import Settings
import Store

/// Where a command runs: the workspace with its settings and its state.
struct Place {
    let workspace: Workspace
    let environment: [String: String]
    /// Where the settings are looked for.
    let sources: SettingsSources
    /// The settings as they are at the start.
    let settings: ChatSettings
    /// What becomes of them later.
    let watch: SettingsWatch
    let state: StateDirectory

    /// Finds the workspace and reads the settings; creates nothing but the user's file of settings.
    ///
    /// Throws ``Failure``.
    init(_ common: CommonOptions) throws {
        environment = ProcessInfo.processInfo.environment
        let directory = FileManager.default.currentDirectoryPath
        // On Linux Foundation asks the user database only.
        let home = environment["HOME"].flatMap { $0.isEmpty ? nil : $0 } ?? NSHomeDirectory()
        guard !directory.isEmpty else {
            throw Failure(code: Failure.unavailable, message: "the current directory no longer exists")
        }
        workspace = try Workspace(configDir: common.configDir, directory: directory)
        sources = ChatSettings.sources(
            workspace: workspace.path, directory: directory, conf: common.conf, environment: environment, home: home)
        let watch = SettingsWatch(sources, clock: TimerClock())
        do {
            settings = try ChatSettings(try sources.load(), from: sources)
            self.watch = watch.following(settings.values)
        } catch let error as SettingsError {
            throw Failure(code: Failure.badConfiguration, message: error.description)
        }
        state = StateDirectory(workspace: workspace.path, environment: environment, home: home)
    }

    /// The custody of the children of this workspace.
    func custody(log: @escaping @Sendable (String) -> Void = { _ in }) -> Custody {
        let name = state.path.split(separator: "/").last.map(String.init) ?? "root"
        return Custody(workspace: name, directory: state.file("children"), log: log)
    }
}
