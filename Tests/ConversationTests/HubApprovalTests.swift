import TestSupport
import Testing

@testable import Conversation

@Suite(.timeLimit(.minutes(1))) struct HubApprovalTests {
    private static let command = Approval(id: "a1", kind: .command, title: "rm x")
    private static let file = Approval(id: "a1", kind: .file, title: "x.txt")
    private static let reading = Approval(id: "a1", kind: .tool, title: "look up", isReadOnly: true)
    private static let writing = Approval(id: "a1", kind: .tool, title: "change")
    private static let question = Approval(id: "a1", kind: .question, title: "which one?")

    @Test(arguments: [
        (ApprovalRule.none, command, false), (.none, reading, false), (.read, command, false), (.read, file, false),
        (.read, reading, true), (.read, writing, false), (.all, command, true), (.all, file, true),
        (.all, reading, true), (.all, writing, true), (.all, question, false), (.none, question, false),
    ])
    func `an approval is answered by the rule at once`(
        rule: ApprovalRule, asked: Approval, isAllowed: Bool
    ) async throws {
        let shell = ScriptedShell(turns: [ScriptedStep.ask(asked) + .answer("went on")])
        try await withHub(shell, configuration: .test(approvals: rule)) { hub in
            let events = try await hub.events(of: .test)
            _ = try await hub.type("go")
            let records = await events.collect(turns: 1)
            var answered = asked
            answered.status = isAllowed ? .allowed : .denied
            answered.by = "--approve \(rule.rawValue)"
            #expect(records.compactMap(\.approval) == [asked, answered])
            #expect(shell.calls.contains(.answer("a1", isAllowed ? .allow : .deny)))
            #expect(records.last?.outcome?.text == "went on")
            #expect(records.compactMap(\.notice).isEmpty == isAllowed)
        }
    }

    @Test func `a read-only mark on a command or file counts for nothing`() {
        for kind in [Approval.Kind.command, .file, .question] {
            #expect(!ApprovalRule.read.allows(Approval(id: "1", kind: kind, title: "x", isReadOnly: true)))
        }
    }

    @Test func `a denial is remarked with the way to allow it`() async throws {
        let shell = ScriptedShell(turns: [ScriptedStep.ask(Self.command) + .answer("no then")])
        try await withHub(shell) { hub in
            let events = try await hub.events(of: .test)
            _ = try await hub.type("go")
            let text = "denied: rm x (nobody is asked; --approve all allows what the agent asks for)"
            #expect(await events.collect(turns: 1).compactMap(\.notice) == [Notice(.warn, text)])
        }
    }

    @Test func `the question is on disk before the agent gets its answer`() async throws {
        let journal = InMemoryJournal(), disk = Gate()
        let shell = ScriptedShell(turns: [ScriptedStep.ask(Self.command) + .answer("ok")])
        try await withHub(shell, journal: journal) { hub in
            let events = try await hub.events(of: .test)
            journal.hold(at: disk) { $0.contains { $0.approval?.status == .asked } }
            _ = try await hub.type("go")
            await disk.reached()
            #expect(!shell.calls.contains(.answer("a1", .deny)))
            disk.open()
            _ = await events.collect(turns: 1)
            #expect(shell.calls.contains(.answer("a1", .deny)))
        }
    }
}
