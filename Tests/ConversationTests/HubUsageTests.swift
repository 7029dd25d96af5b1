import TestSupport
import Testing

@testable import Conversation

/// `/usage`, as people see it.
@Suite(.timeLimit(.minutes(1))) struct HubUsageTests {
    private let clock = ManualClock()

    private func used(_ count: Int) -> [ScriptedStep] {
        [.event(.usage(Usage(inputTokens: count, outputTokens: count / 10)))] + .answer("ok")
    }

    private func ask(_ questions: String..., of turns: [[ScriptedStep]] = []) async throws -> [String] {
        try await withHub(
            ScriptedShell(turns: turns.isEmpty ? [used(2000), used(1000)] : turns), configuration: .test(clock: clock)
        ) { hub in
            for (number, session) in [SessionID.test, SessionID(rawValue: "tty:other")].enumerated() {
                let events = try await hub.events(of: session)
                _ = try await hub.type("message \(number + 1)", in: session)
                _ = await events.collect(turns: 1)
            }
            var texts: [String] = []
            for question in questions { texts.append(try await hub.command(question)?.text ?? "") }
            return texts
        }
    }

    @Test func `the overview is of this conversation`() async throws {
        let text = try await ask("/usage")[0]
        #expect(
            text == """
                this conversation: 1 turn in 0.0 s · 2.0k tokens read, 200 written

                role       read  written   time  turns  stages
                developer  2.0k      200  0.0 s      1       1  ████████████████████

                agent     read  written   time  turns  stages
                scripted  2.0k      200  0.0 s      1       1  ████████████████████

                last turns  read  written   time  turns  stages
                message 1   2.0k      200  0.0 s      1       1  ████████████████████
                """)
    }

    @Test func `all is told per session and per day`() async throws {
        let text = try await ask("/usage all")[0]
        #expect(
            text == """
                all sessions: 2 turns in 0.0 s · 3.0k tokens read, 300 written

                session      read  written   time  turns  stages
                tty:default  2.0k      200  0.0 s      1       1  ████████████████████
                tty:other    1.0k      100  0.0 s      1       1  ██████████

                the last 14 days  read  written   time  turns  stages
                1970-01-01        3.0k      300  0.0 s      2       2  ████████████████████
                """)
    }

    @Test func `one topic is told alone`() async throws {
        let texts = try await ask("/usage turns", "/usage all turns", "/usage session")
        #expect(texts[0].contains("message 1") && !texts[0].contains("message 2"))
        #expect(texts[1].contains("message 1") && texts[1].contains("message 2"))
        #expect(texts[2].hasPrefix("all sessions: 2 turns") && texts[2].contains("tty:other"))
        #expect(texts.allSatisfy { !$0.contains("\nrole") })
    }

    @Test func `each role has what it used, and what could not be read is counted`() async throws {
        var configuration = HubConfiguration.test(clock: clock)
        configuration.mode = .plan
        let selector = [ScriptedStep.event(.usage(Usage(inputTokens: 50, outputTokens: 5)))] + .answer("I do not know")
        try await withHub(ScriptedShell(turns: [selector, used(1500)]), configuration: configuration) { hub in
            let events = try await hub.events(of: .test)
            _ = try await hub.type("go")
            _ = await events.collect(turns: 1)
            let text = try await hub.command("/usage role")?.text
            #expect(
                text == """
                    this conversation: 1 turn in 0.0 s · 1.5k tokens read, 155 written · 1 unreadable answer

                    role       read  written   time  turns  stages
                    selector     50        5  0.0 s      0       1  ▋ 1 unreadable
                    developer  1.5k      150  0.0 s      1       1  ████████████████████
                    """)
        }
    }

    @Test func `the limits of the accounts end the overview`() async throws {
        let directory = LimitedDirectory()
        try await withHub(directory: directory) { hub in
            let overview = try await hub.command("/usage"), days = try await hub.command("/usage days")
            #expect(overview?.text == "nothing was used yet\ncodex limit: 5 h: 12% used")
            #expect(days?.text == "nothing was used yet")
        }
    }

    @Test func `where nothing was used it says so, and a wrong question is refused`() async throws {
        try await withHub(ScriptedShell(turns: [])) { hub in
            #expect(try await hub.command("/usage")?.text == "nothing was used yet")
            #expect(try await hub.command("/usage all days")?.text == "nothing was used yet")
            let reply = try await hub.command("/usage week")
            #expect(reply?.ok == false)
            let text = "usage is not told by 'week'; usage: /usage [all] [turns|roles|agents|sessions|days]"
            #expect(reply?.text == text)
        }
    }
}

/// The agents of somebody whose account has a limit; none of them works.
private struct LimitedDirectory: AgentDirectory {
    let names = ["codex"]

    func absence(of name: String) -> String { "no agent is called \(name)" }

    func shell(for _: AgentChoice, after _: String?) async throws -> (shell: any AgentShell, note: String?) {
        throw AgentError(.unavailable, "it was only to be looked at")
    }

    func statuses() async -> [ShellStatus] {
        [ShellStatus(name: "codex", isRunning: true, isReady: true, limits: ["5 h: 12% used"])]
    }
}
