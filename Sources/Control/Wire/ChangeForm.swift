import Conversation

/// A change of a session's settings as JSON.
struct ChangeForm: Codable, Sendable {
    /// `mode`, `agent`, `profile`, `thread` or `renewed`.
    var kind: String
    var mode: String?
    var agent: String?
    var profile: String?
    var thread: String?

    init(_ change: SessionChange) {
        switch change {
        case .mode(let mode): (kind, self.mode) = ("mode", mode.rawValue)
        case .agent(let choice): (kind, agent) = ("agent", choice.description)
        case .profile(let name): (kind, profile) = ("profile", name)
        case .thread(let key, let thread):
            (kind, profile, agent, self.thread) = ("thread", key.profile, key.agent, thread)
        case .renewed: kind = "renewed"
        }
    }

    /// The change; nil for one that only newer versions know.
    var change: SessionChange? {
        switch kind {
        case "mode": mode.flatMap(Mode.init(rawValue:)).map(SessionChange.mode)
        case "agent": agent.map { .agent(AgentChoice($0)) }
        case "profile": profile.map(SessionChange.profile)
        case "thread": thread.map { .thread(ThreadKey(profile: profile ?? "default", agent: agent ?? ""), $0) }
        case "renewed": .renewed
        default: nil
        }
    }
}
