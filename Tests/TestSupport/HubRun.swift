public import Conversation
import Foundation

extension HubConfiguration {
    /// A configuration for tests, in which no time passes but that of `clock`.
    public static func test(
        clock: ManualClock = ManualClock(), turnTimeout: Duration = .seconds(3600)
    ) -> HubConfiguration {
        var configuration = HubConfiguration(
            version: "1.2.3", workingDirectory: "/project", turnTimeout: turnTimeout,
            clock: clock, now: { clock.timestamp })
        configuration.mode = .single
        configuration.timeZone = .gmt
        return configuration
    }
}

extension SessionID {
    /// The session of tests that need only one.
    public static let test = SessionID(rawValue: "tty:default")
}

extension ThreadKey {
    /// The thread of a ``ScriptedShell`` in the default profile.
    public static let test = ThreadKey(profile: "default", agent: "scripted")
}

extension Message {
    /// A message of a test; one of a script where nobody is to be asked.
    public static func test(
        _ text: String, from origin: Origin = .terminal, approvals: ApprovalRule = .none
    ) -> Message {
        var message = Message(text: text, author: "ann", origin: origin, sender: "s1")
        message.approvals = approvals
        return message
    }
}

extension Approval {
    /// An open approval of a test.
    public static func test(_ request: ApprovalRequest, in turn: Turn.ID, id: Int64 = 7) -> Approval {
        Approval(id: ID(rawValue: id), turn: turn, askedAt: Timestamp(millisecondsSince1970: 5), request: request)
    }
}

/// Runs a core while `body` runs, then cancels it and waits for its end.
///
/// Throws what `body` throws, else what the core ended with.
public func withHub<Value: Sendable>(
    _ shell: any AgentShell, journal: any Journal = InMemoryJournal(), configuration: HubConfiguration = .test(),
    _ body: (Hub) async throws -> Value
) async throws -> Value {
    try await withHub(
        directory: ScriptedDirectory(shell), journal: journal, configuration: configuration, body)
}

/// Runs a core on `directory` while `body` runs, then cancels it and waits for its end.
///
/// Throws what `body` throws, else what the core ended with.
public func withHub<Value: Sendable>(
    directory: any AgentDirectory, journal: any Journal = InMemoryJournal(),
    configuration: HubConfiguration = .test(), _ body: (Hub) async throws -> Value
) async throws -> Value {
    let hub = Hub(journal: journal, directory: directory, configuration: configuration)
    return try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { try await hub.run() }
        let value: Value
        do {
            value = try await body(hub)
        } catch let error as HubError where error.code == .closed {
            // Why it ended says more.
            try await group.waitForAll()
            throw error
        }
        group.cancelAll()
        try await group.waitForAll()
        return value
    }
}

extension Hub {
    /// Has `text` handled in `session` as if it had been typed.
    public func type(_ text: String, in session: SessionID = .test) async throws -> Handled {
        try await handle(.test(text), in: session)
    }

    /// Has `text` handled as if a script had it said, with what it may do without asking.
    public func script(_ text: String, approvals: ApprovalRule = .none) async throws -> Handled {
        try await handle(.test(text, from: .script, approvals: approvals), in: .test)
    }

    /// What a command answers.
    public func command(_ text: String, in session: SessionID = .test) async throws -> CommandReply? {
        guard case .replied(let reply) = try await type(text, in: session) else { return nil }
        return reply
    }
}
