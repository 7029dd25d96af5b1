import TestSupport
import Testing

@testable import Conversation
@testable import Store

/// Answers that came when the agent could not hear them, over restarts of the core.
@Suite(.timeLimit(.minutes(1))) struct GrantTests {
    private static let command = ApprovalRequest(id: "r1", kind: .command, title: "rm x", detail: "in /project")
    private static let again = ApprovalRequest(id: "r2", kind: .command, title: "rm x", detail: "in /project")

    /// Leaves a core behind that was cut off while an agent waited, after `command` if there is one.
    private func cutOff(_ journal: any Journal, after command: String? = nil) async throws {
        let shell = ScriptedShell(turns: [ScriptedStep.ask(Self.command) + [.hang]])
        try await withHub(shell, journal: journal) { hub in
            let events = try await hub.events(of: .test, answers: true)
            _ = try await hub.type("go")
            _ = await events.first { $0.approval != nil }
            if let command { #expect(try await hub.command(command)?.ok == true) }
        }
    }

    private func grants(in journal: any Journal) async throws -> [Approval] {
        try await journal.state(of: .test)?.grants ?? []
    }

    @Test(arguments: JournalKind.allCases)
    func `what was allowed in the moment of a crash is allowed once after it`(kind: JournalKind) async throws {
        try await kind.withJournal { open in
            try await cutOff(try open(), after: "/approve")
            let shell = ScriptedShell { _ in ScriptedStep.ask(Self.command) + ScriptedStep.ask(Self.again) }
            try await withHub(shell, journal: try open()) { hub in
                let events = try await hub.events(of: .test, after: .start, answers: true)
                let askedRecord = await events.first { $0.approval?.answer?.note != nil }
                let asked = try #require(askedRecord?.approval)
                #expect(await events.first { $0.startedTurn != nil }?.startedTurn?.message == asked.answer?.note)
                let granted = await events.first { $0.approval?.answer != nil }
                #expect(granted?.approval?.answer?.basis == .grant(asked.id))
                #expect(await events.first { $0.approval?.request.id == "r2" }?.approval?.status == .asked)
                #expect(shell.answers == [.allow])
                #expect(shell.texts.first?.contains("Exactly this command is allowed now: rm x\nin /project") == true)
                #expect(try await hub.openApprovals(of: .test).map(\.request) == [Self.again])
            }
            #expect(try await grants(in: open()).isEmpty)
        }
    }

    @Test(arguments: JournalKind.allCases)
    func `what was denied in the moment of a crash stays denied`(kind: JournalKind) async throws {
        try await kind.withJournal { open in
            try await cutOff(try open(), after: "/deny")
            let shell = ScriptedShell(turns: [])
            try await withHub(shell, journal: try open()) { hub in
                let events = try await hub.events(of: .test, after: .start, answers: true)
                _ = await events.first { $0.outcome != nil }
                #expect(try await hub.openApprovals(of: .test).isEmpty)
            }
            let state = try #require(try await open().state(of: .test))
            #expect(state.waiting.isEmpty && state.running == nil && state.grants.isEmpty)
            #expect(shell.texts.isEmpty)
        }
    }

    @Test(arguments: JournalKind.allCases)
    func `a grant ends with the turn of its note, asked for or not`(kind: JournalKind) async throws {
        try await kind.withJournal { open in
            try await cutOff(try open())
            let shell = ScriptedShell { request in
                request.text == "more" ? ScriptedStep.ask(Self.again) : .answer("changed my mind")
            }
            try await withHub(shell, journal: try open()) { hub in
                let events = try await hub.events(of: .test, after: .start, answers: true)
                _ = await events.first { $0.outcome != nil }
                #expect(try await hub.command("/approve")?.ok == true)
                #expect(await events.collect(turns: 1).last?.outcome?.text == "changed my mind")
                #expect(try await grants(in: open()).isEmpty)
                _ = try await hub.type("more")
                _ = await events.first { $0.approval?.request.id == "r2" }
                #expect(shell.answers.isEmpty)
                #expect(try await hub.openApprovals(of: .test).map(\.request) == [Self.again])
            }
        }
    }

    @Test(arguments: JournalKind.allCases)
    func `a grant is there when its turn runs again after a crash`(kind: JournalKind) async throws {
        try await kind.withJournal { open in
            try await cutOff(try open())
            let begun = Gate()
            try await withHub(ScriptedShell(turns: [[.wait(begun)]]), journal: try open()) { hub in
                let events = try await hub.events(of: .test, after: .start, answers: true)
                _ = await events.first { $0.outcome != nil }
                #expect(try await hub.command("/approve")?.ok == true)
                await begun.reached()
            }
            #expect(try await grants(in: open()).count == 1)
            let shell = ScriptedShell(turns: [ScriptedStep.ask(Self.again) + .answer("done")])
            try await withHub(shell, journal: try open()) { hub in
                // From the start: the core may have settled already what was cut off.
                let events = try await hub.events(of: .test, after: .start, answers: true)
                #expect(await events.collect(turns: 3).last?.outcome?.text == "done")
                #expect(shell.answers == [.allow])
            }
            #expect(try await grants(in: open()).isEmpty)
        }
    }

    @Test(arguments: JournalKind.allCases)
    func `a turn before the note is allowed nothing, and a dropped note takes its grant along`(
        kind: JournalKind
    ) async throws {
        try await kind.withJournal { open in
            try await cutOff(try open())
            let begun = Gate()
            let shell = ScriptedShell { _ in [.wait(begun)] + ScriptedStep.ask(Self.again) }
            try await withHub(shell, journal: try open()) { hub in
                let events = try await hub.events(of: .test, after: .start, answers: true)
                let askedRecord = await events.first { $0.approval != nil }
                let asked = try #require(askedRecord?.approval)
                _ = await events.first { $0.outcome != nil }
                _ = try await hub.type("something else")
                await begun.reached()
                #expect(try await hub.command("/approve \(asked.id)")?.ok == true)
                #expect(try await grants(in: open()).map(\.id) == [asked.id])
                begun.open()
                let asks = try await eventually("the turn asks a person") {
                    let asks = try await hub.openApprovals(of: .test).map(\.request)
                    return asks.isEmpty ? nil : asks
                }
                #expect(asks == [Self.again])
                #expect(try await hub.command("/cancel all")?.text.contains("1 waiting message dropped") == true)
            }
            #expect(try await grants(in: open()).isEmpty)
        }
    }
}
