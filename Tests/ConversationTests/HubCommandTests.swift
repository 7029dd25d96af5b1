import TestSupport
import Testing

@testable import Conversation

@Suite(.timeLimit(.minutes(1))) struct HubCommandTests {
    private static let modes = Mode.allCases.map(\.rawValue).joined(separator: "|")

    private let clock = ManualClock()

    @Test(arguments: [
        ("/mode nonsense", "'nonsense' is no mode; usage: /mode [\(modes)]"),
        ("/mode single more", "/mode takes one argument at most; usage: /mode [\(modes)]"),
        ("/cancel everything", "'everything' is not 'all'; usage: /cancel [all]"),
        ("/cancel all now", "/cancel takes one argument at most; usage: /cancel [all]"),
        ("/history none", "'none' is no number from 1 to 1000; usage: /history [n]"),
        ("/history 0", "'0' is no number from 1 to 1000; usage: /history [n]"),
        ("/history 1001", "'1001' is no number from 1 to 1000; usage: /history [n]"),
        (
            "/history 99999999999999999999",
            "'99999999999999999999' is no number from 1 to 1000; usage: /history [n]"
        ),
        ("/agent a b", "/agent takes one argument at most; usage: /agent [name]"),
        ("/steer", "there is no text; usage: /steer <text>"),
        ("/new now", "/new takes no argument; usage: /new"), ("/quit now", "/quit takes no argument; usage: /quit"),
        ("/logs 0", "'0' is no number from 1 to 1000; usage: /logs [n] [process]"),
        ("/logs 1001 codex", "'1001' is no number from 1 to 1000; usage: /logs [n] [process]"),
        ("/logs codex 5", "'codex' is no number from 1 to 1000; usage: /logs [n] [process]"),
        ("/logs -1", "'-1' is no number from 1 to 1000; usage: /logs [n] [process]"),
        ("/logs 1 2 3", "/logs takes two arguments at most; usage: /logs [n] [process]"),
        ("/diff README.md", "/diff takes no argument; usage: /diff"),
        ("/branches all", "/branches takes no argument; usage: /branches"),
        ("/file", "it needs the path of a file; usage: /file <path>"),
        ("/queue 3", "/queue takes no argument; usage: /queue"),
        ("/sessions all", "'all' is not 'own'; usage: /sessions [own]"),
    ])
    func `a misused command answers what was wrong, and its usage`(text: String, usage: String) async throws {
        try await withHub(ScriptedShell(turns: [])) { hub in
            let reply = try await hub.command(text)
            #expect(reply?.ok == false)
            #expect(reply?.text == usage)
        }
    }

    @Test func `a mistyped command gets a suggestion and is not sent on`() async throws {
        let journal = InMemoryJournal()
        try await withHub(ScriptedShell(turns: []), journal: journal) { hub in
            let reply = try await hub.command("/staus now")
            let text = "unknown command /staus; did you mean /status? (//staus sends it to the agent)"
            #expect(reply == CommandReply(name: "staus", ok: false, text: text))
        }
        #expect(journal.records.isEmpty)
    }

    @Test(arguments: [("/review this", "/review this"), ("//status", "/status")])
    func `what is no command of ours goes to the agent`(typed: String, text: String) async throws {
        let shell = ScriptedShell(turns: [.answer("ok")])
        try await withHub(shell) { hub in
            let events = try await hub.events(of: .test)
            _ = try await hub.type(typed)
            _ = await events.collect(turns: 1)
            #expect(shell.texts == [text])
        }
    }

    @Test func `edit says where there is an editor`() async throws {
        try await withHub(ScriptedShell(turns: [])) { hub in
            let text = "/edit needs a terminal: it opens your editor in cm chat"
            let reply = try await hub.command("/edit a text")
            #expect(reply == CommandReply(name: "edit", ok: false, text: text))
        }
    }

    @Test func `quit asks the front to leave`() async throws {
        try await withHub(ScriptedShell(turns: [])) { hub in
            let reply = try await hub.command("/exit")
            #expect(reply == CommandReply(name: "quit", ok: true, text: "", leaves: true))
        }
    }

    @Test func `help names every command and the current settings`() async throws {
        try await withHub(ScriptedShell(turns: [])) { hub in
            let text = try #require(await hub.command("/help")).text
            for command in SlashCommand.allCases {
                #expect(text.contains("\n  \(command.usage) ") || text.contains("\n  \(command.usage)\n "))
            }
            #expect(text.hasPrefix("cm 1.2.3"))
            #expect(text.hasSuffix("session tty:default · mode single · profile default · agent auto · /project"))
            #expect(try await hub.command("/start")?.text == text)
        }
    }

    @Test func `help for Telegram has a line for each command that is of use there, which begins with it`() async throws
    {
        try await withHub(ScriptedShell(turns: [])) { hub in
            let handled = try await hub.handle(.test("/help", from: .telegram), in: .test)
            let reply: CommandReply? = if case .replied(let reply) = handled { reply } else { nil }
            let text = try #require(reply?.text)
            let lines = text.split(separator: "\n")
            for command in SlashCommand.allCases where ![.edit, .quit].contains(command) {
                #expect(lines.contains("\(command.usage) – \(command.summary)"))
            }
            #expect(
                !text.contains("/quit") && !text.contains("/edit") && text.contains("/attach <session>")
                    && !text.contains("  "))
            #expect(["quit", "exit", "Edit"].allSatisfy(SlashCommand.isForTerminal))
            #expect(!["help", "attach", "else", ""].contains(where: SlashCommand.isForTerminal))
            #expect(
                lines.suffix(5) == ["session tty:default", "mode single", "profile default", "agent auto", "/project"])
        }
    }

    // MARK: Settings

    @Test func `the mode is shown and set`() async throws {
        let journal = InMemoryJournal()
        try await withHub(ScriptedShell(turns: []), journal: journal) { hub in
            let shown = try await hub.command("/mode"), set = try await hub.command("/mode SINGLE")
            #expect(shown?.text == "mode: single")
            #expect(set == CommandReply(name: "mode", ok: true, text: "mode: single", change: .mode(.single)))
        }
        #expect(journal.records.map(\.event) == [.changed(.mode(.single))])
    }

    @Test func `an agent is chosen by its name for this session alone`() async throws {
        let directory = ScriptedDirectory(
            ScriptedShell("a") { _ in .answer("from a") }, ScriptedShell("b") { _ in .answer("from b") })
        try await withHub(directory: directory) { hub in
            let events = try await hub.events(of: .test)
            #expect(
                try await hub.command("/agent b")
                    == CommandReply(name: "agent", ok: true, text: "agent: b", change: .agent(.named("b"))))
            _ = try await hub.type("go")
            #expect(await events.collect(turns: 1).last?.outcome?.agent == "b")
            #expect(try await hub.command("/agent")?.text == "agent: b\n- a: ready\n* b: ready")
            let elsewhere = try await hub.command("/agent", in: SessionID(rawValue: "x"))
            #expect(elsewhere?.text.hasPrefix("agent: auto\n") == true)
            #expect(try await hub.command("/agent auto")?.text == "agent: auto")
        }
    }

    @Test func `who chooses an agent that is not installed is told so`() async throws {
        try await withHub(AbsentShell()) { hub in
            let chosen = try await hub.command("/agent codex"), automatic = try await hub.command("/agent auto")
            #expect(chosen?.text == "agent: codex (not installed)")
            #expect(automatic?.text == "agent: auto")
        }
    }

    @Test func `an agent that nobody has is refused and nothing changes`() async throws {
        let journal = InMemoryJournal()
        try await withHub(ScriptedShell("a", turns: []), journal: journal) { hub in
            let reply = try await hub.command("/agent zed")
            #expect(reply == CommandReply(name: "agent", ok: false, text: "no agent is called zed; there are a, auto"))
        }
        #expect(journal.records.isEmpty)
    }

    @Test func `an agent whose name is nearly right gets a suggestion`() async throws {
        try await withHub(ScriptedShell("offline", turns: [])) { hub in
            let reply = try await hub.command("/agent offlin")
            #expect(reply?.text == "no agent is called offlin; did you mean offline?")
            #expect(reply?.ok == false)
        }
    }

    // MARK: New conversations

    @Test func `a new conversation is refused while a turn runs`() async throws {
        let gate = Gate()
        try await withHub(ScriptedShell(turns: [[.wait(gate)]])) { hub in
            _ = try await hub.type("go")
            await gate.reached()
            let reply = try await hub.command("/new")
            #expect(reply?.ok == false)
            #expect(reply?.text == "a turn is running; /cancel it first, then /new")
        }
    }

    @Test func `a new conversation forgets threads and what was said`() async throws {
        let shell = ScriptedShell { request in .answer("answer to \(request.text)") }
        try await withHub(shell) { hub in
            let events = try await hub.events(of: .test)
            _ = try await hub.type("one")
            _ = await events.collect(turns: 1)
            #expect(try await hub.command("/new")?.text == "a new conversation begins (mode: single)")
            #expect(try await hub.command("/history")?.text == "nothing was said yet")
            #expect(try await hub.command("/last")?.text == "there is no answer yet")
            #expect(try await hub.command("/status")?.text.contains("last run") == false)
            _ = try await hub.type("two")
            _ = await events.collect(turns: 1)
            let opened = shell.calls.filter { if case .open = $0 { true } else { false } }
            #expect(opened == [.open(.test, resume: nil), .open(.test, resume: nil)])
        }
    }

    // MARK: Reports

    @Test func `the history tells who said what when, the last turns of it`() async throws {
        let failure = TurnError(kind: .quota, message: "used up")
        let shell = ScriptedShell(turns: [
            .answer("first"), .message("second, in part") + [.event(.finished(.failed(failure)))], .answer("third"),
        ])
        try await withHub(shell, configuration: .test(clock: clock)) { hub in
            let events = try await hub.events(of: .test)
            for text in ["one", "two", "three"] {
                _ = try await hub.type(text)
                _ = await events.collect(turns: 1)
            }
            clock.advance(by: .seconds(65))
            #expect(
                try await hub.command("/history 2")?.text == """
                    ann (tty, 1 m 5 s ago): two
                    scripted: [error: used up] second, in part
                    ann (tty, 1 m 5 s ago): three
                    scripted: third
                    """)
            #expect(try await hub.command("/history")?.text.hasPrefix("ann (tty, 1 m 5 s ago): one\n") == true)
        }
    }

    @Test func `the history tells all messages of a turn, and what was put into it`() async throws {
        let begun = Gate(), steered = Gate()
        let shell = ScriptedShell(turns: [
            .message("I begin") + [.wait(begun), .wait(steered)] + .answer("done, with tabs"), .answer("ok"),
        ])
        try await withHub(shell, configuration: .test(clock: clock)) { hub in
            let events = try await hub.events(of: .test)
            _ = try await hub.type("go")
            await begun.reached()
            begun.open()
            #expect(try await hub.command("/steer use tabs")?.ok == true)
            steered.open()
            #expect(await events.collect(turns: 1).last?.outcome?.text == "done, with tabs")
            _ = try await hub.type("thanks")
            _ = await events.collect(turns: 1)
            #expect(
                try await hub.command("/history")?.text == """
                    ann (tty, 0.0 s ago): go
                    ann (tty, 0.0 s ago, into the turn): use tabs
                    scripted: I begin

                    done, with tabs
                    ann (tty, 0.0 s ago): thanks
                    scripted: ok
                    """)
        }
    }

    @Test func `the last answer is said once more, also after a turn without one`() async throws {
        let shell = ScriptedShell(turns: [.answer("the answer"), [.completed]])
        try await withHub(shell) { hub in
            let events = try await hub.events(of: .test)
            #expect(try await hub.command("/last")?.text == "there is no answer yet")
            _ = try await hub.type("one")
            _ = try await hub.type("two")
            _ = await events.collect(turns: 2)
            #expect(try await hub.command("/last")?.text == "the answer")
        }
    }

    @Test func `the queue shows what runs and what waits`() async throws {
        let gate = Gate()
        try await withHub(ScriptedShell(turns: [[.wait(gate)]])) { hub in
            #expect(try await hub.command("/queue")?.text == "nothing waits")
            for text in ["one", "two\nlines", "three"] { _ = try await hub.type(text) }
            await gate.reached()
            #expect(try await hub.command("/queue")?.text == "running: one\n1. two lines\n2. three")
        }
    }

    @Test func `the status of an idle session tells how its last turn ended`() async throws {
        try await withHub(ScriptedShell(turns: [.answer("1")])) { hub in
            #expect(
                try await hub.command("/status")?.text == """
                    session    tty:default · mode single · profile default · agent auto
                    running    nothing
                    waiting    0
                    agent      scripted: ready
                    directory  /project
                    """)
            let events = try await hub.events(of: .test)
            _ = try await hub.type("one")
            _ = await events.collect(turns: 1)
            #expect(try await hub.command("/status")?.text.contains("\nlast run   ok in 0.0 s\n") == true)
        }
    }

    @Test func `the status of a running turn tells what it does and since when it is silent`() async throws {
        let gate = Gate()
        let steps: [ScriptedStep] = [.act("make", status: .started), .wait(gate)]
        try await withHub(ScriptedShell(turns: [steps]), configuration: .test(clock: clock)) { hub in
            _ = try await hub.type("build it")
            await gate.reached()
            clock.advance(by: .seconds(12))
            let working = try #require(await hub.command("/status")).text
            #expect(working.contains("\nrunning    build it · 12 s · make · working, last event 12 s ago\n"))
            clock.advance(by: .seconds(288))
            let silent = try #require(await hub.command("/status")).text
            #expect(silent.contains("\nrunning    build it · 5 m 0 s · make · silent for 5 m 0 s\n"))
        }
    }

    @Test func `the greeting tells where the session stands and which agent answers`() async throws {
        let directory = ScriptedDirectory(ScriptedShell(turns: [.answer("1")]), note: "codex is away")
        try await withHub(directory: directory) { hub in
            let events = try await hub.events(of: .test)
            _ = try await hub.type("one")
            _ = await events.collect(turns: 1)
            let greeting = try await hub.greeting(of: .test)
            #expect(greeting.agent == "scripted")
            #expect(greeting.remark == "codex is away")
            #expect(greeting.version == "1.2.3")
            #expect(greeting.last?.text == "1")
        }
    }

    @Test func `the greeting tells why no agent answers`() async throws {
        try await withHub(directory: ScriptedDirectory()) { hub in
            let greeting = try await hub.greeting(of: .test)
            #expect(greeting.agent == "auto")
            #expect(greeting.remark == "no agent is scripted")
        }
    }
}

/// An agent whose program is not there.
private struct AbsentShell: AgentShell {
    let name = "codex"
    let playsRoles = true

    func prepare() async throws { throw AgentError(.unavailable, "codex was not found in PATH") }
    func open(_ request: ThreadRequest) async throws -> any AgentThread {
        throw AgentError(.unavailable, "codex was not found in PATH")
    }
    func status() async -> ShellStatus {
        var status = ShellStatus(name: name, isRunning: false, isReady: false, detail: "not installed")
        status.isInstalled = false
        return status
    }
}
