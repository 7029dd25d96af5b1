import Conversation
import TestSupport
import Testing

/// Who gets the tools of the core.
@Suite(.timeLimit(.minutes(1))) struct HubToolTests {
    private static func server(_ session: SessionID) -> ToolServer {
        ToolServer(name: "cm", command: "/bin/cm", arguments: ["--session", session.rawValue])
    }

    @Test func `a conversation gets the tools of its session`() async throws {
        let shell = ScriptedShell(turns: [.answer("one"), .answer("two")])
        var configuration = HubConfiguration.test()
        configuration.toolServer = Self.server
        let other = SessionID(rawValue: "tty:other")
        try await withHub(shell, configuration: configuration) { hub in
            for session in [SessionID.test, other] {
                let events = try await hub.events(of: session)
                _ = try await hub.type("hello", in: session)
                _ = await events.collect(turns: 1)
            }
        }
        #expect(shell.requests.map(\.tools) == [Self.server(.test), Self.server(other)])
    }

    @Test func `in plan mode only the developer gets them`() async throws {
        let shell = ScriptedShell(turns: [
            .answer(#"{"mode":"plan","reason":"big"}"#), .answer("the plan"), .answer("done"),
            .answer(#"{"result":"approved","feedback":"good"}"#),
        ])
        var configuration = HubConfiguration.test()
        configuration.mode = .plan
        configuration.changes = ScriptedChanges()
        configuration.toolServer = Self.server
        try await withHub(shell, configuration: configuration) { hub in
            let events = try await hub.events(of: .test)
            _ = try await hub.type("make it")
            _ = await events.collect(turns: 1)
        }
        #expect(shell.requests.map(\.purpose) == [.errand, .errand, .conversation, .errand])
        #expect(shell.requests.map(\.tools) == [nil, nil, Self.server(.test), nil])
    }

    @Test func `nobody gets any where there are none`() async throws {
        let shell = ScriptedShell(turns: [.answer("one")])
        try await withHub(shell) { hub in
            let events = try await hub.events(of: .test)
            _ = try await hub.type("hello")
            _ = await events.collect(turns: 1)
        }
        #expect(shell.requests.map(\.tools) == [nil])
    }
}
