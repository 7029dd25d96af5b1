import Conversation

/// Where a session stands, as JSON.
struct GreetingForm: Codable, Sendable {
    var session: String
    var mode: String
    var profile: String
    var agent: String
    var version: String
    var remark: String?
    var last: OutcomeForm?

    init(_ greeting: Greeting) {
        session = greeting.session.rawValue
        mode = greeting.mode.rawValue
        profile = greeting.profile
        agent = greeting.agent
        version = greeting.version
        remark = greeting.remark
        last = greeting.last.map(OutcomeForm.init)
    }

    /// The greeting; a mode of a newer version is taken for single.
    var greeting: Greeting {
        Greeting(
            session: SessionID(rawValue: session), mode: Mode(rawValue: mode) ?? .single, profile: profile,
            agent: agent, version: version, remark: remark, last: last?.outcome)
    }
}

/// What can be named in commands, as JSON.
struct NamesForm: Codable, Sendable {
    var agents: [String]
    var profiles: [String]
    var sessions: [String]

    init(_ names: CoreNames) {
        agents = names.agents
        profiles = names.profiles
        sessions = names.sessions
    }

    var names: CoreNames { CoreNames(agents: agents, profiles: profiles, sessions: sessions) }
}
