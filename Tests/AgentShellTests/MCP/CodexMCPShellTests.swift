import Conversation
import Foundation
import TestSupport
import Testing

@testable import AgentShell

@Suite(.timeLimit(.minutes(1))) struct CodexMCPShellTests {
    private static let done = ScriptedServer.Step.result(#"{"structuredContent":{"threadId":"t1","content":"done"}}"#)
    private static let word = ScriptedServer.Step.event(#"{"type":"agent_message_content_delta","delta":"word"}"#)
    private static let question = ScriptedServer.Step.ask(
        #"{"codex_elicitation":"exec-approval","codex_call_id":"c","codex_command":["ls"],"codex_cwd":"/project"}"#)

    // MARK: Conversations

    @Test func `the conversation's id is what the server answers, and stays`() async throws {
        let server = try ScriptedServer([Self.done], [Self.done])
        try await server.run { shell in
            let thread = try await shell.thread()
            #expect(try await thread.play("one").events == [.began, .message("done"), .finished(.completed)])
            #expect(thread.id == "t1")
            #expect(try await shell.thread(resume: "t1").play("two").messages == ["done"])
            let calls = try server.heard().filter { $0.contains("tools/call") }
            #expect(calls.count == 2)
            #expect(calls[0].contains(#""name":"codex""#) && calls[0].contains(#""approval-policy":"on-request""#))
            #expect(calls[1].contains(#""name":"codex-reply""#) && calls[1].contains(#""threadId":"t1""#))
        }
    }

    @Test func `a server's own names of arguments are kept to`() async throws {
        let server = try ScriptedServer(
            tools: [
                #"{"name":"codex","inputSchema":{"properties":{"prompt":{},"cwd":{}}}}"#,
                #"{"name":"codex-reply","inputSchema":{"properties":{"conversationId":{},"prompt":{}}}}"#,
            ], [.result(#"{"structuredContent":{"conversationId":"t1"}}"#)], [Self.done])
        try await server.run { shell in
            _ = try await shell.thread().play("one")
            _ = try await shell.thread(resume: "t1").play("two")
            let calls = try server.heard().filter { $0.contains("tools/call") }
            #expect(!calls[0].contains("sandbox") && calls[0].contains(#""cwd":"#))
            #expect(calls[1].contains(#""conversationId":"t1""#))
        }
    }

    @Test(arguments: ["{}", #"{"properties":{"prompt":{},"sandbox":{}}}"#])
    func `a server that cannot be told to change nothing gets no errands`(schema: String) async throws {
        let server = try ScriptedServer(
            tools: [#"{"name":"codex","inputSchema":\#(schema)}"#, #"{"name":"codex-reply"}"#], [Self.done])
        try await server.run { shell in
            var request = ThreadRequest(session: .test, resume: nil, operations: NoOperations())
            request.purpose = .errand
            let error = await #expect(throws: AgentError.self) { _ = try await shell.open(request) }
            #expect(error?.code == .refused)
            #expect(error?.description.contains("declares no sandbox") == true)
            let played = try await shell.thread().play("one")
            #expect(played.messages == ["done"])
        }
    }

    @Test func `a conversation that is to work elsewhere is begun anew`() async throws {
        let server = try ScriptedServer([Self.done], [Self.done])
        try await server.run { shell in
            let thread = try await shell.thread()
            _ = try await thread.play("one")
            let pid = await shell.status().pid
            var request = ThreadRequest(session: .test, resume: thread.id, operations: NoOperations())
            request.workingDirectory = NSTemporaryDirectory()
            let moved = try await shell.open(request)
            #expect(moved.id == nil)
            _ = try await moved.play("two")
            #expect(await shell.status().pid != pid)
            request.resume = moved.id
            #expect(try await shell.open(request).id == moved.id)
            let calls = try server.heard().filter { $0.contains("tools/call") }
            #expect(calls.count == 2 && calls[1].contains(#""cwd":"\#(NSTemporaryDirectory())""#))
        }
    }

    @Test func `a conversation is begun with its model, and its tools and provider`() async throws {
        var server = try ScriptedServer([Self.done])
        server.options.model = "usual"
        server.options.providerArguments = ["-c", "model_provider=\"cm\""]
        let tools = ToolServer(
            name: "jobs", command: "/bin/jobs", arguments: ["-v"], environment: ["A": "b"], instructions: "Ask jobs.")
        try await server.run { shell in
            _ = try await shell.thread(model: "special", tools: tools).play("one")
            _ = try await shell.thread().play("two")
            let calls = try server.heard().filter { $0.contains("tools/call") }
            #expect(calls[0].contains(#""model":"special""#) && calls[1].contains(#""model":"usual""#))
            #expect(calls[0].contains(#""model_provider":"cm""#) && calls[0].contains(#""mcp_servers.jobs":{"#))
            #expect(calls[0].contains(#""default_tools_approval_mode":"approve""#))
            #expect(calls[0].contains(#""developer-instructions":"Ask jobs.""#))
            #expect(!calls[1].contains("mcp_servers") && !calls[1].contains("developer-instructions"))
        }
    }

    @Test func `what is not kept any more becomes a new conversation`() async throws {
        try await ScriptedServer([Self.done]).run { shell in
            let thread = try await shell.thread(resume: "t0")
            #expect(thread.id == nil)
        }
    }

    @Test func `it cannot be steered`() async throws {
        try await ScriptedServer().run { shell in
            let thread = try await shell.thread()
            let error = await #expect(throws: AgentError.self) { try await thread.steer("left") }
            #expect(error?.code == .refused)
        }
    }

    // MARK: Interrupts

    @Test func `an interrupted call is given up, and its process replaced`() async throws {
        let server = try ScriptedServer([Self.word], [Self.done])
        try await server.run { shell in
            let thread = try await shell.thread()
            let played = try await thread.play("one") { if case .delta = $0 { await thread.interrupt() } }
            #expect(played.events == [.began, .delta("word"), .finished(.interrupted)])
            #expect(try await shell.thread(resume: "t1").id == nil)
            #expect(
                try server.heard().contains {
                    $0.contains("notifications/cancelled") && $0.contains(#""requestId":3"#)
                })
        }
    }

    @Test func `a reader who leaves interrupts`() async throws {
        let server = try ScriptedServer([Self.word])
        try await server.run { shell in
            for try await _ in try await shell.thread().run(TurnRequest(text: "one")) { break }
            _ = try await eventually { try server.heard().first { $0.contains("notifications/cancelled") } }
        }
    }

    @Test func `an interrupt does not wait for a process to start`() async throws {
        // The second process does not get ready.
        let second = #"[ -e "$1.first" ] && : >"$1.second" && exec sleep 100; : >"$1.first""#
        let server = try ScriptedServer(start: second, [Self.word])
        try await server.run { shell in
            let busy = try await shell.thread(), waiting = try await shell.thread()
            let events = try await busy.run(TurnRequest(text: "one"))
            async let played = waiting.play("two")
            _ = try await eventually { server.exists("heard.second") ? true : nil }
            await waiting.interrupt()
            let result = try await played.events
            #expect(result == [.finished(.interrupted)])
            withExtendedLifetime(events) {}
        }
    }

    @Test func `a turn that the agent stops by itself is interrupted`() async throws {
        try await ScriptedServer([.event(#"{"type":"turn_aborted","reason":"interrupted"}"#)]).run { shell in
            let played = try await shell.thread().play("one")
            #expect(played.result == .interrupted)
            #expect(await shell.status().isReady == false)
        }
    }

    @Test(
        arguments: [
            nil, .event(#"{"type":"turn_aborted","reason":"interrupted"}"#), .fallSilent,
            .result(#"{"isError":true,"content":[{"text":"no such luck"}]}"#),
            .result(#"{"isError":true,"content":[{"text":"Session not found for thread_id: t1"}]}"#),
        ] as [ScriptedServer.Step?])
    func `a turn whose process is given up ends when nothing of that is left`(end: ScriptedServer.Step?) async throws {
        let place = try ContractPlace()
        // It ends by force only.
        let stubborn = """
            trap '' TERM
            while :; do sleep 0.1; done >/dev/null &
            trap 'while :; do sleep 0.1; done' EXIT
            """
        var server = try ScriptedServer(start: stubborn, [Self.word] + (end.map { [$0] } ?? []))
        server.options.environment = place.environment
        server.options.custody = place.custody
        try await server.run { shell in
            let thread = try await shell.thread()
            do {
                let played = try await thread.play("one") { event in
                    if end == nil, case .delta = event { await thread.interrupt() }
                }
                #expect(played.result != .completed)
            } catch let error as AgentError {
                #expect(error.code == .died)
            }
            #expect(place.processes == [])
        }
    }

    // MARK: Questions

    @Test(arguments: [
        (ApprovalDecision.allow, "approved"), (.allowForSession, "approved"),
        (.deny(reason: nil), "denied"), (.answer("yes"), "approved"),
    ])
    func `a question is answered in Codex's own words`(decision: ApprovalDecision, word: String) async throws {
        let server = try ScriptedServer([Self.question, .hear, Self.done])
        try await server.run { shell in
            let played = try await shell.thread().play("one", deciding: decision)
            #expect(played.asked == [ApprovalRequest(id: "a0", kind: .command, title: "ls", detail: "in /project")])
            #expect(played.actions.map(\.status) == (decision.isPositive ? [] : [.declined]))
            #expect(try server.heard().last?.contains(#""result":{"decision":"\#(word)"}"#) == true)
        }
    }

    @Test func `what network and rights a command wants is part of the question`() async throws {
        let announced = ScriptedServer.Step.event(
            #"{"type":"exec_approval_request","call_id":"c","reason":"why","network_approval_context":{"host":"h"}}"#)
        try await ScriptedServer([announced, Self.question, .hear, Self.done]).run { shell in
            let asked = try await shell.thread().play("one", deciding: .allow).asked
            #expect(asked.map(\.detail) == [#"in /project\#n{"host":"h"}"#])
            #expect(asked.map(\.reason) == ["why"])
        }
    }

    @Test(arguments: [
        (#"{"codex_elicitation":"time-travel"}"#, #"{"decision":"denied"}"#),
        (#"{"message":"Your name?","requestedSchema":{}}"#, #"{"action":"decline"}"#),
    ])
    func `a question that is not understood is answered no`(params: String, answer: String) async throws {
        let server = try ScriptedServer([.ask(params), .hear, Self.done])
        try await server.run { shell in
            let played = try await shell.thread().play("one")
            #expect(played.asked == [])
            #expect(try server.heard().last?.contains(answer) == true)
        }
    }

    @Test func `a question about a tool that is put to nobody ends the turn in time`() async throws {
        let event = ScriptedServer.Step.event(#"{"type":"elicitation_request","server_name":"sup","id":"q"}"#)
        let clock = ManualClock()
        var server = try ScriptedServer([event])
        server.clock = clock
        try await server.run { shell in
            let thread = try await shell.thread()
            async let played = thread.play("one")
            await clock.sleeping(until: .seconds(3))
            clock.advance(by: .seconds(3))
            let failure = try await played.failure
            #expect(failure?.message.contains("a tool of sup") == true)
        }
    }

    // MARK: Processes

    @Test func `a process that ends takes its turn along`() async throws {
        try await ScriptedServer([Self.word, .exit(7)]).run { shell in
            let thread = try await shell.thread()
            let error = await #expect(throws: AgentError.self) { _ = try await thread.play("one") }
            #expect(error?.code == .died)
            #expect(await shell.status().lastError?.contains("exited with code 7") == true)
            #expect(try await shell.thread(resume: "t1").id == nil)
        }
    }

    @Test func `a process that ends between turns is replaced, and its conversation is over`() async throws {
        try await ScriptedServer([Self.done]).run { shell in
            let thread = try await shell.thread()
            _ = try await thread.play("one")
            let pid = try #require(await shell.status().pid)
            kill(pid, SIGKILL)
            _ = try await eventually { await shell.status().isReady ? nil : true }
            let error = await #expect(throws: AgentError.self) { _ = try await thread.play("two") }
            #expect(error?.code == .died)
            let next = try await shell.thread(resume: "t1")
            #expect(next.id == nil)
            #expect(try await next.play("two").messages == ["done"])
        }
    }

    @Test func `a conversation that the server has lost counts as died`() async throws {
        let lost = #"{"isError":true,"content":[{"text":"Session not found for thread_id: t1"}]}"#
        try await ScriptedServer([Self.done], [.result(lost)]).run { shell in
            let thread = try await shell.thread()
            _ = try await thread.play("one")
            let error = await #expect(throws: AgentError.self) { _ = try await thread.play("two") }
            #expect(error?.code == .died)
            #expect(try await shell.thread(resume: "t1").id == nil)
        }
    }

    @Test(arguments: [
        ([], "it has no tools, not codex and codex-reply"),
        ([#"{"name":"shout"}"#, #"{"name":"codex"}"#], "it has the tools codex, shout, not codex and codex-reply"),
    ])
    func `a server without the two tools is not used`(tools: [String], why: String) async throws {
        try await ScriptedServer(tools: tools).run { shell in
            let error = await #expect(throws: AgentError.self) { try await shell.prepare() }
            #expect(error?.code == .unavailable)
            #expect(error?.description.hasSuffix(why) == true)
        }
    }

    @Test func `a server that does not start says its last words`() async throws {
        try await ScriptedServer(start: "echo 'no such luck' >&2; exit 3").run { shell in
            let error = await #expect(throws: AgentError.self) { try await shell.prepare() }
            #expect(error == AgentError(.unavailable, "codex-mcp exited with code 3: no such luck"))
            let status = await shell.status()
            #expect(!status.isRunning && !status.isReady)
            #expect(status.lastError == error?.description)
        }
    }

    @Test func `a server that is not there is named`() async throws {
        var server = try ScriptedServer()
        server.options.command = "/nowhere/codex"
        try await server.run { shell in
            let error = await #expect(throws: AgentError.self) { try await shell.prepare() }
            #expect(error?.description.hasPrefix("/nowhere/codex does not exist") == true)
        }
    }

    @Test func `a handshake has its limit`() async throws {
        let clock = ManualClock()
        var server = try ScriptedServer(start: "exec sleep 100")
        server.clock = clock
        try await server.run { shell in
            async let error = #expect(throws: AgentError.self) { try await shell.prepare() }
            await clock.sleeping(until: .seconds(10))
            clock.advance(by: .seconds(10))
            #expect(await error?.description.contains("handshake") == true)
        }
    }

    @Test func `an unused process is closed in time, and its conversation is over`() async throws {
        let clock = ManualClock()
        var server = try ScriptedServer([Self.done])
        server.clock = clock
        server.options.idleTimeout = .zero
        try await server.run { shell in
            _ = try await shell.thread().play("one")
            let pid = try #require(await shell.status().pid)
            await clock.sleeping(until: .seconds(60))
            clock.advance(by: .seconds(60))
            _ = try await eventually { isAlive(pid) ? nil : true }
            #expect(await shell.status().lastError == nil)
            let thread = try await shell.thread(resume: "t1")
            #expect(thread.id == nil)
        }
    }

    @Test func `a process that is used, or not for long, is asked for a sign of life and kept`() async throws {
        let clock = ManualClock()
        var server = try ScriptedServer([Self.done])
        server.clock = clock
        try await server.run { shell in
            _ = try await shell.thread().play("one")
            await clock.sleeping(until: .seconds(60))
            clock.advance(by: .seconds(60))
            _ = try await eventually { try server.heard().first { $0.contains("ping") } }
            let thread = try await shell.thread(resume: "t1")
            #expect(thread.id == "t1")
        }
    }

    @Test func `a process that gives no sign of life is replaced`() async throws {
        let clock = ManualClock()
        var server = try ScriptedServer(answersPings: false, [Self.done])
        server.clock = clock
        try await server.run { shell in
            _ = try await shell.thread().play("one")
            await clock.sleeping(until: .seconds(60))
            clock.advance(by: .seconds(60))
            _ = try await eventually { try server.heard().first { $0.contains("ping") } }
            await clock.sleeping(until: .seconds(90))
            clock.advance(by: .seconds(30))
            _ = try await eventually { await shell.status().lastError?.contains("no sign of life") == true ? 1 : nil }
            let thread = try await shell.thread(resume: "t1")
            #expect(thread.id == nil)
        }
    }

    @Test func `only so many processes are kept unused, those used last`() async throws {
        var server = try ScriptedServer([Self.done])
        server.options.idleLimit = 2
        try await server.run { shell in
            var pids: [Int32] = []
            for _ in 1...4 {
                let thread = try await shell.thread()
                _ = try await thread.play("one")
                pids.append(try #require(await shell.status().pid))
            }
            let first = try #require(pids.first)
            _ = try await eventually { isAlive(first) ? nil : true }
            #expect(await shell.status().threads == 2)
        }
    }

    @Test func `conversations that start together have a process each`() async throws {
        let gate = Gate()
        try await ScriptedServer([Self.word]).run { shell in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 1...5 {
                    group.addTask {
                        let thread = try await shell.thread()
                        let played = try await thread.play("one") { event in
                            guard case .delta = event else { return }
                            try await gate.pass()
                            await thread.interrupt()
                        }
                        #expect(played.result == .interrupted)
                    }
                }
                await gate.reached(5)
                #expect(await shell.status().threads == 5)
                gate.open()
                try await group.waitForAll()
            }
        }
    }
}
