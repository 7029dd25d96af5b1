import TestSupport
import Testing

@testable import Conversation

/// What the core itself has people told.
@Suite(.timeLimit(.minutes(1))) struct HubEventNotificationTests {
    private let ledger = InMemoryNotifications()
    private let clock = ManualClock()
    private let journal = InMemoryJournal()

    private var configuration: HubConfiguration {
        var configuration = HubConfiguration.test(clock: clock)
        configuration.notifications = ledger
        return configuration
    }

    private func kept(_ count: Int) async throws -> [KeptAnnouncement] {
        try await eventually("\(count) kept") {
            let all = await ledger.all
            return all.count >= count ? all : nil
        }
    }

    @Test func `a turn that a crash cut off is told, except to who follows its session`() async throws {
        let gate = Gate()
        try await withHub(
            ScriptedShell(turns: [[.act("make install"), .wait(gate)]]), journal: journal,
            configuration: configuration
        ) { hub in
            _ = try await hub.type("one")
            await gate.reached()
        }
        try await withHub(ScriptedShell(turns: []), journal: journal, configuration: configuration) { _ in
            let kept = try await kept(1)
            #expect(kept.map(\.announcement.priority) == [.warning] && kept[0].announcement.session == .test)
            #expect(kept[0].announcement.text.hasPrefix("tty:default: “one”: cm stopped while this turn ran"))
            #expect(kept[0].announcement.isToldInSession)
        }
    }

    @Test func `a request that nobody hears is told once, and not while somebody is attached`() async throws {
        let request = ApprovalRequest(id: "r1", kind: .command, title: "rm x")
        let shell = ScriptedShell(turns: [ScriptedStep.ask(request) + .answer("ok")])
        try await withHub(shell, journal: journal, configuration: configuration) { hub in
            var terminal: AsyncStream<Record>? = try await hub.events(of: .test, answers: true)
            _ = try await hub.type("go")
            _ = try await eventually("it is asked") { try await hub.openApprovals(of: .test).first }
            for _ in 0..<3 { await pass() }
            let early = await ledger.all
            #expect(early.isEmpty && terminal != nil)
            terminal = nil
            let kept = try await eventually("somebody is told") {
                await pass()
                let all = await ledger.all
                return all.isEmpty ? nil : all
            }
            for _ in 0..<3 { await pass() }
            let later = await ledger.all
            #expect(later == kept)
            #expect(kept.map(\.announcement.priority) == [.important])
            #expect(kept[0].announcement.text.contains("wants to be allowed: rm x") && kept[0].count == 1)
        }
    }

    @Test func `a request that nobody hears is told without the beginning of a secret`() async throws {
        var configuration = configuration
        configuration.redact = CutSecret.redact
        let request = ApprovalRequest(id: "r1", kind: .command, title: CutSecret.text(cutAt: 200))
        let shell = ScriptedShell(turns: [ScriptedStep.ask(request) + .answer("ok")])
        try await withHub(shell, configuration: configuration) { hub in
            _ = try await hub.type("go")
            _ = try await eventually("it is asked") { try await hub.openApprovals(of: .test).first }
            let told = try await eventually("somebody is told") {
                await pass()
                return await ledger.texts.first
            }
            #expect(told.contains("xxxxx*** | sh (") && !told.contains(CutSecret.beginning))
        }
    }

    /// Lets the time go by between two looks for questions that nobody hears.
    private func pass() async {
        let look = clock.now.offset + Hub.orphanPause
        await clock.sleeping(until: look)
        clock.advance(by: Hub.orphanPause)
        // It has looked when it sleeps again.
        await clock.sleeping(until: look + Hub.orphanPause)
    }
}
