import TestSupport
import Testing

@testable import Conversation

/// Files that people and agents hand over.
@Suite(.timeLimit(.minutes(1))) struct HubFileTests {
    private let gate = ScriptedGate(["a.txt": 2048, "b c.txt": 1])

    private var configuration: HubConfiguration {
        var configuration = HubConfiguration.test()
        configuration.fileGate = gate
        return configuration
    }

    private static func shared(_ events: AsyncStream<Record>) async -> SharedFile? {
        for await record in events {
            if case .shared(let file) = record.event { return file }
        }
        return nil
    }

    @Test func `a person's file is on disk and reaches all who are attached`() async throws {
        let journal = InMemoryJournal()
        try await withHub(ScriptedShell(turns: []), journal: journal, configuration: configuration) { hub in
            let events = try await hub.events(of: .test)
            let reply = try await hub.command("/file b c.txt")
            #expect(reply?.ok == true && reply?.text == "b c.txt · 1 byte · /project/b c.txt" && reply?.untold == "")
            let file = await Self.shared(events)
            #expect(file == SharedFile(path: "/project/b c.txt", name: "b c.txt", size: 1, by: "ann"))
            let kept = try await hub.backlog(of: .test, after: .start, limit: 10)
            #expect(kept.count == 1)
        }
        #expect(gate.directories == ["/project"])
    }

    @Test func `what may not leave is refused with the reason`() async throws {
        try await withHub(ScriptedShell(turns: []), configuration: configuration) { hub in
            let reply = try await hub.command("/file ../x")
            #expect(reply?.ok == false && reply?.text == "there is no file ../x")
            let kept = try await hub.backlog(of: .test, after: .start, limit: 10)
            #expect(kept.isEmpty)
        }
        try await withHub(ScriptedShell(turns: [])) { hub in
            let reply = try await hub.command("/file a.txt")
            #expect(reply?.text == "no files can be handed over here")
        }
    }

    @Test func `an agent's file goes when a person has allowed it, if it is still there`() async throws {
        let end = Gate(), gate = gate
        let shell = ScriptedShell(turns: [[.wait(end)] + .answer("done")])
        try await withHub(shell, configuration: configuration) { hub in
            let events = try await hub.events(of: .test)
            let more = try await hub.events(of: .test)
            _ = try await hub.submit(.test("go"), to: .test)
            _ = await events.collect(until: \.isStarted)
            // Not asked about what may not leave anyway.
            await #expect(throws: DeedRefusal("there is no file x")) {
                try await hub.perform(.sendFile("x"), forAgentOf: .test)
            }
            async let told = hub.perform(.sendFile("a.txt"), forAgentOf: .test)
            let first = try #require(await events.collect { $0.approval != nil }.last?.approval)
            #expect(first.request.title == "cm: send_file" && first.request.detail == "a.txt")
            _ = try await hub.answer(first.id, .allow, from: .test(""), in: .test)
            let words = try await told
            #expect(words == "handed over: a.txt · 2.0 KB · /project/a.txt")
            let file = await Self.shared(more)
            #expect(file?.by == "the agent")
            async let late = hub.perform(.sendFile("b c.txt"), forAgentOf: .test)
            let second = try #require(
                await events.collect { $0.approval?.request.detail == "b c.txt" }.last?.approval)
            gate.remove("b c.txt")
            _ = try await hub.answer(second.id, .allow, from: .test(""), in: .test)
            do {
                Issue.record("it was handed over: \(try await late)")
            } catch let refusal as DeedRefusal {
                #expect(refusal == DeedRefusal("there is no file b c.txt"))
            }
            end.open()
        }
    }
}
