import Conversation
import Foundation
import Locking
import Prompts
import Settings

/// The profiles that the settings have, while these change.
///
/// A class with a lock: conversations ask while the settings are followed.
final class Profiles: ProfileDirectory {
    private struct State {
        var profiles: [Profile]
        /// Why a profile cannot be used, by its name and the mode.
        var obstacles: [String: [Mode: String]] = [:]
        /// Where the directories of profiles are written.
        var places: [String: String] = [:]
    }

    private let state: Locked<State>

    /// The profiles of `settings`.
    init(_ settings: ChatSettings) { state = Locked(Self.state(settings)) }

    /// Makes the profiles those of `settings`.
    func follow(_ settings: ChatSettings) { state.withLock { $0 = Self.state(settings) } }

    var profiles: [Profile] { state.withLock(\.profiles) }

    func obstacle(to profile: Profile, in mode: Mode) -> String? {
        let (known, place) = state.withLock { ($0.obstacles[profile.name]?[mode], $0.places[profile.name]) }
        if let known { return known }
        guard let directory = profile.workingDirectory, !FileManager.default.isDirectory(directory) else { return nil }
        return "\(place ?? profile.name) is \(directory), which is no directory"
    }

    /// What settings have to know of the prompts.
    static let catalog = PromptCatalog(
        Prompt.replaceable.map { prompt in
            PromptCatalog.Entry(
                prompt.name, earlierName: prompt.earlierName, variables: prompt.variables.map(\.rawValue))
        },
        // All prompts of roles have the same.
        roleVariables: Prompt.singleDeveloper.variables.map(\.rawValue), names: Prompt.names)

    private static func state(_ settings: ChatSettings) -> State {
        let all = settings.values.profiles
        let ordered = [all.standard] + all.all.filter { $0.name != all.standard.name }
        var state = State(profiles: ordered.map { profile($0, settings) })
        let agents = AgentRoster(settings)
        for profile in ordered {
            state.places[profile.name] = profile.workingDirectory?.place
            let single = unfitExecutor(in: profile, .single, settings, agents)
            // A message of plan mode may turn out to need no plan.
            let plan = unfitExecutor(in: profile, .plan, settings, agents) ?? single
            state.obstacles[profile.name] = [Mode.single: single, .plan: plan].compactMapValues(\.self)
        }
        return state
    }

    private static func profile(_ profile: ProfileSetting, _ settings: ChatSettings) -> Profile {
        let values: [Prompt.Variable: String] = [
            .directory: profile.workingDirectory?.value ?? settings.workingDirectory, .profile: profile.name,
        ]
        func role(_ role: RoleKey.Role, _ mode: RoleKey.Mode, else prompt: Prompt) -> RoleSettings {
            let written = settings.values.role(role, in: profile, mode: mode)
            let text = written.prompt?.value ?? settings.values.text(of: prompt)
            return RoleSettings(
                model: written.model?.value, prompt: text.map { Prompt.render($0, values) },
                executor: written.executor?.value)
        }
        return Profile(
            profile.name, summary: profile.description, workingDirectory: profile.workingDirectory?.value,
            single: role(.developer, .single, else: .singleDeveloper),
            plan: [
                .selector: role(.selector, .plan, else: .planSelector),
                .planner: role(.planner, .plan, else: .planPlanner),
                .developer: role(.developer, .plan, else: .planDeveloper),
                .reviewer: role(.reviewer, .plan, else: .planReviewer),
            ])
    }

    /// What is wrong with the first executor that is no agent, or none for its role; nil when all can be used.
    private static func unfitExecutor(
        in profile: ProfileSetting, _ mode: RoleKey.Mode, _ settings: ChatSettings, _ roster: AgentRoster
    ) -> String? {
        for role in mode == .single ? [RoleKey.Role.developer] : RoleKey.Role.allCases {
            guard let executor = settings.values.role(role, in: profile, mode: mode).executor else { continue }
            guard let agent = roster.agents.first(where: { $0.name == executor.value }) else {
                let known = roster.agents.map(\.name).existing
                return "\(executor.place) is \(executor.value), which is no agent; \(known)"
            }
            // A developer that plays no role gets messages as they are.
            guard role == .developer || agent.kind.playsRoles else {
                return "\(executor.place) is \(executor.value), which cannot play the roles of plan mode"
            }
        }
        return nil
    }
}

extension Settings {
    /// The text of `prompt`: the user's, else the built-in one.
    ///
    /// nil for a prompt that is used only where it is chosen, and is not.
    fileprivate func text(of prompt: Prompt) -> String? {
        guard let chosen = prompts[prompt.name] else { return prompt == .singleDeveloper ? nil : prompt.text }
        return chosen.value.text ?? prompt.text
    }
}
