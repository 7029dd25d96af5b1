import Conversation
import TestSupport
import Testing

@testable import AgentShell

@Suite(.timeLimit(.minutes(1))) struct ShellPoolTests {
    private let attempts = Counter()

    @Test func `auto is the first that answers`() async throws {
        let pool = ShellPool([member("a"), member("b")])
        let chosen = try await pool.shell(for: .auto)
        #expect(chosen.shell.name == "a")
        #expect(chosen.note == nil)
    }

    @Test func `auto passes over one that does not answer, and says why`() async throws {
        let pool = ShellPool([broken("a", "a is broken"), broken("b", "b as well"), member("c")])
        let chosen = try await pool.shell(for: .auto)
        #expect(chosen.shell.name == "c")
        #expect(chosen.note == "c answers, because a is broken; b as well")
    }

    @Test func `auto passes over one that is not installed without a word`() async throws {
        let absent = ShellPool.Member(ScriptedShell("a", turns: []), isInstalled: { false })
        let chosen = try await ShellPool([absent, member("b")]).shell(for: .auto)
        #expect(chosen.shell.name == "b")
        #expect(chosen.note == nil)
    }

    @Test func `auto does not try one again that has just failed, and says why all the same`() async throws {
        let pool = ShellPool([broken("a", "a is broken"), member("b")])
        _ = try await pool.shell(for: .auto)
        let chosen = try await pool.shell(for: .auto)
        #expect(chosen.note == "b answers, because a is broken")
        #expect(attempts.count == 1)
    }

    @Test func `a named one is tried although it has just failed`() async throws {
        let pool = ShellPool([broken("a", "a is broken"), member("b")])
        _ = try await pool.shell(for: .auto)
        await #expect(throws: AgentError(.unavailable, "a is broken")) { try await pool.shell(for: .named("a")) }
        #expect(attempts.count == 2)
    }

    @Test func `a named one is that one, not prepared before it is chosen`() async throws {
        let chosen = try await ShellPool([broken("a", "a is broken"), member("b")]).shell(for: .named("b"))
        #expect(chosen.shell.name == "b")
        #expect(chosen.note == nil)
        #expect(attempts.count == 0)
    }

    @Test func `a name that nobody has is unavailable`() async throws {
        let error = AgentError(.unavailable, "no agent is called z; there are a, b")
        await #expect(throws: error) { try await ShellPool([member("a"), member("b")]).shell(for: .named("z")) }
    }

    @Test func `one that the settings turned off says so`() async throws {
        let pool = ShellPool([member("a")], turnedOff: ["codex": "CODEX_SDK_DISABLED"])
        let error = AgentError(.unavailable, "codex is turned off (CODEX_SDK_DISABLED); there is only a")
        await #expect(throws: error) { try await pool.shell(for: .named("codex")) }
        #expect(pool.absence(of: "z") == "no agent is called z")
    }

    @Test func `auto tries only those it is told, in that order`() async throws {
        let pool = ShellPool([member("a"), member("b"), broken("c", "c is broken")], automatic: ["c", "b"])
        let chosen = try await pool.shell(for: .auto)
        #expect(chosen.shell.name == "b")
        #expect(chosen.note == "b answers, because c is broken")
        #expect(pool.names == ["a", "b", "c"])
    }

    @Test func `a conversation stays with the agent that auto took for it, but not with the stand-in for all`()
        async throws
    {
        let pool = ShellPool([member("a"), member("b"), member("c")])
        #expect(try await pool.shell(for: .auto, after: "b").shell.name == "b")
        #expect(try await pool.shell(for: .auto, after: "c").shell.name == "a")
        #expect(try await pool.shell(for: .auto, after: "gone").shell.name == "a")
        let broken = ShellPool([member("a"), broken("b", "b is broken"), member("c")])
        let chosen = try await broken.shell(for: .auto, after: "b")
        #expect(chosen.shell.name == "a")
        #expect(chosen.note == "a answers, because b is broken")
    }

    @Test func `auto tries one again when the pause is over`() async throws {
        let start = ContinuousClock.now, later = Flag()
        let pool = ShellPool([broken("a", "a is broken"), member("b")]) {
            later.isSet ? start + ShellPool.pause : start
        }
        _ = try await pool.shell(for: .auto)
        _ = try await pool.shell(for: .auto)
        #expect(attempts.count == 1)
        later.set()
        _ = try await pool.shell(for: .auto)
        #expect(attempts.count == 2)
    }

    @Test func `when none answers all reasons are told`() async throws {
        let error = AgentError(.unavailable, "no agent answers: a is broken; b as well")
        let pool = ShellPool([broken("a", "a is broken"), broken("b", "b as well")])
        await #expect(throws: error) { try await pool.shell(for: .auto) }
    }

    @Test func `when none is installed that is told`() async throws {
        let absent = ShellPool.Member(ScriptedShell("a", turns: []), isInstalled: { false })
        let error = AgentError(.unavailable, "no agent answers: none is installed")
        await #expect(throws: error) { try await ShellPool([absent]).shell(for: .auto) }
    }

    @Test func `a choice that is cancelled is no failure of the agent`() async throws {
        let gate = Gate()
        let slow = ScriptedShell("a", prepare: { try await gate.pass() }, script: { _ in [] })
        let pool = ShellPool([ShellPool.Member(slow), member("b")])
        await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { _ = try await pool.shell(for: .auto) }
            await gate.reached()
            group.cancelAll()
            await #expect(throws: CancellationError.self) { try await group.next() }
        }
        gate.open()
        #expect(try await pool.shell(for: .auto).shell.name == "a")
    }

    @Test func `the statuses come in order, and tell what is not installed`() async {
        let absent = ShellPool.Member(
            CodexShell(
                options: CodexOptions(command: "x", environment: [:], workingDirectory: "/", clientVersion: "0")),
            isInstalled: { false })
        let statuses = await ShellPool([absent, member("b")]).statuses()
        #expect(statuses.map(\.name) == ["codex", "b"])
        #expect(statuses.map(\.detail) == ["not installed", ""])
        #expect(statuses.map(\.isInstalled) == [false, true])
    }

    @Test func `all processes run until the pool is cancelled`() async throws {
        let gate = Gate(), ended = Counter()
        let process: @Sendable () async -> Void = {
            try? await gate.pass()  // ends by cancellation alone
            ended.add()
        }
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await ShellPool([], processes: [process, process]).run() }
            await gate.reached(2)
            group.cancelAll()
        }
        #expect(ended.count == 2)
    }

    @Test func `an exchange changes who can be chosen, the order and what is turned off`() async throws {
        let pool = ShellPool([member("a"), member("b")], turnedOff: ["c": "here"])
        pool.exchange([member("b"), member("c")], automatic: ["c", "b"], turnedOff: ["a": "there"])
        #expect(pool.names == ["b", "c"])
        #expect(pool.absence(of: "a") == "a is turned off (there)")
        #expect(pool.absence(of: "c") == "no agent is called c")
        #expect(try await pool.shell(for: .auto).shell.name == "c")
        #expect(await pool.statuses().map(\.name) == ["b", "c"])
    }

    @Test func `an exchange forgets that an agent failed`() async throws {
        let pool = ShellPool([broken("a", "a is broken"), member("b")])
        _ = try await pool.shell(for: .auto)
        pool.exchange([member("a"), member("b")])
        #expect(try await pool.shell(for: .auto).shell.name == "a")
    }

    @Test(arguments: [AgentChoice.auto, .named("a")])
    func `whoever has chosen keeps the agent, whatever is exchanged`(choice: AgentChoice) async throws {
        let (old, new) = (ScriptedShell("scripted", turns: []), ScriptedShell("scripted", turns: []))
        let (first, second) = (RetirableShell(old) {}, RetirableShell(new) {})
        func member(_ shell: RetirableShell) -> ShellPool.Member {
            ShellPool.Member(NamedShell("a", TransportShell("codex", first: shell, second: shell), model: "m"))
        }
        let pool = ShellPool([member(first)])
        let chosen = try await pool.shell(for: choice).shell
        pool.exchange([member(second)])
        first.retire(for: second)
        let request = ThreadRequest(session: .test, resume: nil, operations: NoOperations())
        _ = try await chosen.open(request)
        #expect(chosen.name == "a")
        #expect(old.requests.map(\.model) == ["m"] && new.requests.isEmpty)
        _ = try await pool.shell(for: choice).shell.open(request)
        #expect(old.requests.count == 1 && new.requests.map(\.model) == ["m"])
    }

    @Test func `what fails of an earlier agent after an exchange does not count against the new one`() async throws {
        let gate = Gate()
        let slow = ScriptedShell(
            "a",
            prepare: {
                try await gate.pass()
                throw AgentError(.unavailable, "a is broken")
            }, script: { _ in [] })
        let pool = ShellPool([ShellPool.Member(slow), member("b")])
        async let chosen = pool.shell(for: .auto)
        await gate.reached()
        pool.exchange([member("a"), member("b")])
        gate.open()
        #expect(try await chosen.note == "b answers, because a is broken")
        #expect(try await pool.shell(for: .auto).shell.name == "a")
    }

    @Test func `processes that come with an exchange run beside the others, until the pool is cancelled`() async throws
    {
        let gate = Gate(), ended = Counter()
        let process: @Sendable () async -> Void = {
            try? await gate.pass()  // ends by cancellation alone
            ended.add()
        }
        let pool = ShellPool([], processes: [process])
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await pool.run() }
            await gate.reached(1)
            pool.exchange([], processes: [process])
            await gate.reached(2)
            #expect(ended.count == 0)
            group.cancelAll()
        }
        #expect(ended.count == 2)
    }

    private func member(_ name: String) -> ShellPool.Member { ShellPool.Member(ScriptedShell(name, turns: [])) }

    private func broken(_ name: String, _ why: String) -> ShellPool.Member {
        let attempts = attempts
        return ShellPool.Member(
            ScriptedShell(
                name,
                prepare: {
                    attempts.add()
                    throw AgentError(.unavailable, why)
                }, script: { _ in [] }))
    }
}
