/// One source of settings: its values with their places, and what was wrong while reading it.
///
/// Layers stand in a list; for each setting the first that has it wins.
package struct Layer: Sendable {
    /// One value a layer has for a setting.
    package struct Entry: Hashable, Sendable {
        /// The path of the setting.
        package let path: String
        /// What is written there.
        package let written: WrittenValue
        /// Where it is written.
        package let origin: Origin
    }

    /// What people call it: `environment`, or the name of its file.
    package let name: String
    /// What its relative paths count from.
    package let base: PathBase
    /// Its values; of several for one setting the first wins.
    package var entries: [Entry] = []
    /// Its executors; nil when it does not say anything about them.
    package var executors: [ExecutorSetting]?
    /// Its profiles, in the order of the file.
    package var profiles: [ProfileSetting] = []
    /// What it says about roles outside of any profile.
    package var agents: [RoleKey: RoleSetting] = [:]
    /// What it puts in the place of prompts, by their names.
    package var prompts: [String: Placed<PromptSetting>] = [:]
    /// The prompt files that were looked for, absolute paths, as they were just before.
    package var promptFiles: [String: FileStamp?] = [:]
    /// What cannot be used.
    package var problems: [SettingsError.Problem] = []
    /// What is suspicious but does no harm, one line each.
    package var warnings: [String] = []
}
