import TestSupport
import Testing

@testable import Conversation

@Suite(.timeLimit(.minutes(1))) struct HubSettingsTests {
    @Test func `a changed limit is that of the next turn, not of the running one`() async throws {
        let clock = ManualClock(), gate = Gate()
        let shell = ScriptedShell { request in request.text == "first" ? [.wait(gate)] + .answer("done") : [.hang] }
        let configuration = HubConfiguration.test(clock: clock, turnTimeout: .seconds(3600))
        try await withHub(shell, configuration: configuration) { hub in
            let events = try await hub.events(of: .test)
            _ = try await hub.type("first")
            await gate.reached()
            await hub.configure { $0.turnTimeout = .seconds(1) }
            clock.advance(by: .seconds(10))
            gate.open()
            _ = try await hub.type("second")
            while shell.texts.count < 2 { await Task.yield() }
            await clock.sleeping(until: .seconds(11))
            clock.advance(by: .seconds(1))
            let outcomes = await events.collect(turns: 2).compactMap(\.outcome)
            #expect(outcomes.map(\.status) == [.ok, .interrupted])
            #expect(outcomes.last?.error?.kind == .timeout)
        }
    }

    @Test func `a notice for all reaches each attached session once`() async throws {
        try await withHub(ScriptedShell(turns: [])) { hub in
            let other = SessionID(rawValue: "tty:other")
            let readers = [
                try await hub.events(of: .test), try await hub.events(of: .test), try await hub.events(of: other),
            ]
            let notice = Notice(.info, "settings changed")
            try await hub.tell(notice)
            try await hub.tell(Notice(.info, "the end"))
            for events in readers {
                var seen: [Notice] = []
                for await record in events {
                    guard case .notice(let notice) = record.event else { continue }
                    seen.append(notice)
                    if seen.count == 2 { break }
                }
                #expect(seen.first == notice)
                #expect(seen.last?.text == "the end")
            }
        }
    }
}
