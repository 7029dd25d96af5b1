import Conversation
import TestSupport
import Testing

@testable import AgentShell

/// What a session's agent knows of the conversation when its server does not tell what it calls it.
@Suite(.timeLimit(.minutes(1))) struct CodexMCPMemoryTests {
    private static let answer = ScriptedServer.Step.result(#"{"content":[{"type":"text","text":"the answer"}]}"#)
    private static let word = ScriptedServer.Step.event(#"{"type":"agent_message_content_delta","delta":"word"}"#)

    @Test func `the conversation goes on while its process lives`() async throws {
        let server = try ScriptedServer(tells: false, [Self.answer], [Self.answer])
        try await server.run { shell in
            try await withHub(shell) { hub in
                let events = try await hub.events(of: .test, answers: true)
                for text in ["the first", "the second"] {
                    _ = try await hub.submit(.test(text), to: .test)
                    let records = await events.collect(turns: 1)
                    #expect(records.last?.outcome?.text == "the answer")
                    #expect(!Self.tellsOfLoss(records))
                }
            }
        }
        let calls = try server.calls()
        #expect(calls.count == 2)
        #expect(calls[1].contains(#""name":"codex-reply""#) && calls[1].contains(#""prompt":"the second""#))
        #expect(!calls[1].contains("threadId"))
    }

    @Test(arguments: [nil, .event(#"{"type":"turn_aborted"}"#)] as [ScriptedServer.Step?])
    func `one that lost its process begins anew with the end of it, and says so`(
        end: ScriptedServer.Step?
    ) async throws {
        let server = try ScriptedServer(tells: false, [Self.word] + (end.map { [$0] } ?? []))
        try await server.run { shell in
            try await withHub(shell) { hub in
                let events = try await hub.events(of: .test, answers: true)
                _ = try await hub.submit(.test("the pineapple"), to: .test)
                if end == nil {
                    _ = await events.collect { if case .delta = $0.event { true } else { false } }
                    _ = try await hub.command("/cancel")
                }
                #expect(await events.collect(turns: 1).last?.outcome?.status != .ok)
                _ = try await hub.submit(.test("the second"), to: .test)
                let records = await events.collect { if case .delta = $0.event { true } else { false } }
                #expect(Self.tellsOfLoss(records))
            }
        }
        let calls = try server.calls()
        #expect(calls.count == 2)
        #expect(calls[1].contains(#""name":"codex""#) && calls[1].contains("the pineapple"))
        #expect(calls[1].contains("You no longer have the earlier conversation."))
    }

    @Test func `a server that must be told has one turn for each conversation`() async throws {
        let reply = #"{"name":"codex-reply","inputSchema":{"required":["threadId","prompt"]}}"#
        let server = try ScriptedServer(tells: false, tools: [#"{"name":"codex"}"#, reply], [Self.answer])
        try await server.run { shell in
            try await withHub(shell) { hub in
                let events = try await hub.events(of: .test, answers: true)
                _ = try await hub.submit(.test("the pineapple"), to: .test)
                #expect(await events.collect(turns: 1).last?.outcome?.text == "the answer")
                _ = try await hub.submit(.test("the second"), to: .test)
                let records = await events.collect(turns: 1)
                #expect(records.last?.outcome?.text == "the answer")
                #expect(Self.tellsOfLoss(records))
            }
        }
        #expect(try server.calls().last?.contains("the pineapple") == true)
    }

    @Test func `a new conversation knows nothing of the last`() async throws {
        let server = try ScriptedServer(tells: false, [Self.answer], [Self.answer])
        try await server.run { shell in
            try await withHub(shell) { hub in
                let events = try await hub.events(of: .test, answers: true)
                _ = try await hub.submit(.test("the pineapple"), to: .test)
                _ = await events.collect(turns: 1)
                #expect(try await hub.command("/new")?.ok == true)
                _ = try await hub.submit(.test("the second"), to: .test)
                let records = await events.collect(turns: 1)
                #expect(records.last?.outcome?.text == "the answer")
                #expect(!Self.tellsOfLoss(records))
            }
        }
        let calls = try server.calls()
        #expect(calls.count == 2)
        #expect(calls[1].contains(#""name":"codex""#) && !calls[1].contains("the pineapple"))
    }

    @Test func `its id is known from its first turn on, and is the server's as soon as that tells`() async throws {
        let told = ScriptedServer.Step.result(#"{"structuredContent":{"threadId":"t1","content":"done"}}"#)
        let server = try ScriptedServer(tells: false, [Self.word, told])
        try await server.run { shell in
            let thread = try await shell.thread()
            #expect(thread.id == nil)
            var early: String?
            _ = try await thread.play("one") { if case .delta = $0 { early = thread.id } }
            #expect(early != nil)
            #expect(thread.id == "t1")
        }
    }

    private static func tellsOfLoss(_ records: [Record]) -> Bool {
        records.contains { $0.notice?.text.contains("no longer has the earlier conversation") == true }
    }
}

extension ScriptedServer {
    /// The calls of tools that the server has heard.
    fileprivate func calls() throws -> [String] { try heard().filter { $0.contains("tools/call") } }
}
