import Conversation
import TestSupport
import Testing

@testable import AgentShell

/// An agent that is reached in two ways, and one under a name of its own.
@Suite struct TransportShellTests {
    private let broken = ScriptedShell(
        "first", prepare: { throw AgentError(.unavailable, "the first is broken") }, script: { _ in [] })

    @Test func `the first way is taken where it answers`() async throws {
        let shell = TransportShell("codex", first: ScriptedShell("first", turns: []), second: broken)
        try await shell.prepare()
        #expect(await shell.status() == ShellStatus(name: "codex", isRunning: true, isReady: true))
    }

    @Test func `the second way is taken where the first does not answer`() async throws {
        let second = ScriptedShell("second", turns: [])
        let shell = TransportShell("codex", first: broken, second: second)
        try await shell.prepare()
        _ = try await shell.open(.test())
        #expect(second.calls == [.open(.test, resume: nil)])
        #expect(await shell.status().detail == "by second")
    }

    @Test func `where neither answers the reason of the first is told`() async throws {
        let other = ScriptedShell(
            "second", prepare: { throw AgentError(.unavailable, "no server") }, script: { _ in [] })
        await #expect(throws: AgentError(.unavailable, "the first is broken")) {
            try await TransportShell("codex", first: broken, second: other).prepare()
        }
    }

    @Test func `whoever holds a way stays with it, also when the other one answers again`() async throws {
        let isBroken = Flag()
        let first = ScriptedShell(
            "first", prepare: { if isBroken.isSet { throw AgentError(.unavailable, "broken") } }, script: { _ in [] })
        let second = ScriptedShell("second", turns: [])
        let shell = TransportShell("codex", first: first, second: second)
        let held = try await shell.leased()
        isBroken.set()
        try await shell.prepare()
        _ = try await shell.open(.test())
        #expect(first.calls.isEmpty && second.calls.count == 1)
        _ = try await held.open(.test())
        #expect(first.calls.count == 1 && held.name == "codex")
    }

    @Test(arguments: [(String?.none, "fast"), ("mine", "mine")])
    func `a name can stand for a model`(asked: String?, model: String) async throws {
        let base = ScriptedShell("codex", open: { request in request.model }, script: { _ in [] })
        let shell = NamedShell("quick", base, model: "fast")
        var request = ThreadRequest.test()
        request.model = asked
        #expect(try await shell.open(request).id == model)
        #expect(await shell.status().name == "quick")
        #expect(await shell.status().detail == "as codex, model fast")
    }
}

extension ThreadRequest {
    fileprivate static func test() -> ThreadRequest {
        ThreadRequest(session: .test, resume: nil, operations: NoOperations())
    }
}
