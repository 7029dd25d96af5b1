import Conversation
import Foundation
import Testing

@testable import AgentShell

/// The real Codex 0.147 over MCP, whose model is a fake.
@Suite(.enabled(if: RealMCPWorld.agents != nil, RealMCPWorld.reason), .timeLimit(.minutes(2)))
struct RealAgentCodexMCPTests {
    // MARK: Turns

    @Test func `turns share a conversation, are streamed, and cost tokens`() async throws {
        let world = try await RealMCPWorld()
        try await world.run { shell in
            let thread = try await shell.thread()
            #expect(thread.id == nil)
            let first = try await thread.play("[[say: one two three]] [[usage: 321 45]]")
            #expect(first.text == "one two three")
            #expect(first.messages == ["one two three"])
            #expect(first.events.contains(.delta("one")))
            #expect(first.events.contains(.usage(Usage(inputTokens: 321, outputTokens: 45))))
            #expect(first.result == .completed)

            let id = try #require(thread.id)
            let again = try await shell.thread(resume: id)
            #expect(again.id == id)
            #expect(try await again.play("the mango").messages == ["You said: the mango"])
            #expect(try world.lastRequest().contains("one two three"))
            #expect(await shell.status().threads == 1)
        }
    }

    @Test func `a command and a changed file are actions`() async throws {
        let world = try await RealMCPWorld()
        try await world.run { shell in
            let thread = try await shell.thread()
            let played = try await thread.play("[[sh: echo hi > y.txt]] [[patch: add f.txt CONTENT]] [[sh: false]]")
            #expect(played.actions.map(\.kind) == [.command, .command, .file, .file, .command, .command])
            #expect(
                played.actions.map(\.status) == [.started, .completed, .started, .completed, .started, .failed])
            #expect(played.actions.map(\.title).contains("echo hi > y.txt"))
            #expect(played.actions[2].title.hasSuffix("/f.txt"))
            #expect(world.exists("y.txt") && world.exists("f.txt"))
        }
    }

    @Test func `sessions do not wait for each other`() async throws {
        let world = try await RealMCPWorld()
        try await world.run { shell in
            let slow = try await shell.thread(), quick = try await shell.thread()
            let played = try await slow.play("[[say: a]] [[count: 1000]] [[delay: 0.05]]") { event in
                guard case .delta("a") = event else { return }
                let other = try await quick.play("hello")
                #expect(other.messages == ["You said: hello"])
                #expect(await shell.status().threads == 2)
                await slow.interrupt()
            }
            #expect(played.result == .interrupted)
        }
    }

    // MARK: Questions

    @Test func `a command is asked for, with its place and reason, and done when allowed`() async throws {
        let world = try await RealMCPWorld { $0.sandbox = "read-only" }
        try await world.run { shell in
            let played = try await shell.thread().play("[[shx: touch f]]", deciding: .allow)
            #expect(
                played.asked == [
                    ApprovalRequest(
                        id: "a0", kind: .command, title: "touch f", detail: "in \(world.workspace)",
                        reason: "the fake model asks for it")
                ])
            #expect(played.actions.map(\.status) == [.started, .completed])
            #expect(world.exists("f"))
        }
    }

    @Test func `a denied command is not done, and the reason goes with the next message`() async throws {
        let world = try await RealMCPWorld { $0.approvalPolicy = "untrusted" }
        try await world.run { shell in
            let thread = try await shell.thread()
            let played = try await thread.play("[[sh: touch f]]", deciding: .deny(reason: "not today"))
            #expect(played.actions.map(\.status) == [.declined])
            #expect(played.result == .completed)
            #expect(!world.exists("f"))
            _ = try await thread.play("go on")
            #expect(try world.lastRequest().contains(#"The user denied \"touch f\" because: not today\n\ngo on"#))
            _ = try await thread.play("and on")
            #expect(try !world.lastRequest().contains(#"not today\n\nand on"#))
        }
    }

    @Test func `a patch is asked for with its content`() async throws {
        let world = try await RealMCPWorld { $0.approvalPolicy = "untrusted" }
        try await world.run { shell in
            let thread = try await shell.thread()
            let denied = try await thread.play("[[patch: add f CONTENT]]", deciding: .deny(reason: nil))
            let path = world.workspace + "/f"
            #expect(
                denied.asked.map(\.permission) == [
                    Permission(kind: .file, title: path, detail: "add \(path)\nCONTENT\n")
                ])
            #expect(denied.actions.map(\.status) == [.started, .declined])
            #expect(!world.exists("f"))
            let allowed = try await thread.play("[[patch: add f CONTENT]]", deciding: .allow)
            #expect(allowed.actions.map(\.status) == [.started, .completed])
            #expect(world.exists("f"))
        }
    }

    @Test func `what is allowed for the session is allowed once here, as the core answers repetitions`() async throws {
        let world = try await RealMCPWorld { $0.approvalPolicy = "untrusted" }
        try await world.run { shell in
            let thread = try await shell.thread()
            #expect(try await thread.play("[[sh: touch f]]", deciding: .allowForSession).asked.count == 1)
            #expect(try await thread.play("[[sh: touch f]]", deciding: .deny(reason: nil)).asked.count == 1)
        }
    }

    // MARK: Interrupts

    @Test(arguments: [
        "[[wait: 30]]", "[[say: a]] [[count: 900]] [[delay: 0.05]]", "[[sh: sleep 60]]", "[[patch: add f X]]",
    ])
    func `an interrupt ends the turn at once, and the conversation`(prompt: String) async throws {
        let world = try await RealMCPWorld { $0.approvalPolicy = prompt.contains("patch") ? "untrusted" : "never" }
        try await world.run { shell in
            let thread = try await shell.thread()
            _ = try await thread.play("hello")
            let id = try #require(thread.id)
            let took = try await ContinuousClock().measure {
                var isInterrupted = false
                let events = try await thread.run(TurnRequest(text: prompt))
                if prompt.contains("wait") { await thread.interrupt() }
                for try await event in events {
                    switch event {
                    case .delta, .approval, .action:
                        if !isInterrupted { await thread.interrupt() }
                        isInterrupted = true
                    case .finished(let result): #expect(result == .interrupted)
                    default: break
                    }
                }
            }
            #expect(took < .seconds(5))
            #expect(!world.exists("f"))

            let next = try await shell.thread(resume: id)
            #expect(next.id != id)
            #expect(try await next.play("again").messages == ["You said: again"])
            #expect(next.id != id)
            _ = try await eventually { world.processes.count == 1 ? true : nil }
        }
    }

    // MARK: Failures

    @Test(arguments: [
        ("[[http: 401]]", TurnError.Kind.auth), ("[[http: 429]]", .rateLimit), ("[[http: 500]]", .network),
        ("[[fail: context_length_exceeded too long]]", .context), ("[[fail: insufficient_quota none]]", .quota),
        ("[[say: half of it is lost]] [[drop]]", .network),
    ])
    func `a failure of the provider has its kind, and the next turn works`(
        prompt: String, kind: TurnError.Kind
    ) async throws {
        let world = try await RealMCPWorld()
        try await world.run { shell in
            let thread = try await shell.thread()
            #expect(try await thread.play(prompt).failure?.kind == kind)
            let next = try await shell.thread(resume: thread.id)
            #expect(next.id == nil)
            #expect(try await next.play("next").messages == ["You said: next"])
        }
    }

    @Test func `a stream that breaks once is tried again, and the answer is whole`() async throws {
        let world = try await RealMCPWorld()
        try await world.run { shell in
            let played = try await shell.thread().play("[[say: one two three four]] [[drop: x1]]")
            #expect(played.retries == 1)
            #expect(played.messages == ["one two three four"])
            #expect(played.result == .completed)
        }
    }

    @Test(arguments: [
        "[[wait: 30]]", "[[say: a]] [[count: 900]] [[delay: 0.05]]", "[[sh: sleep 60]]", "[[patch: add f X]]",
    ])
    func `a process that is killed ends its turn, and another takes over`(prompt: String) async throws {
        let world = try await RealMCPWorld { $0.approvalPolicy = prompt.contains("patch") ? "untrusted" : "never" }
        try await world.run { shell in
            let thread = try await shell.thread()
            _ = try await thread.play("hello")
            let id = try #require(thread.id), pid = try #require(await shell.status().pid)
            let error = await #expect(throws: AgentError.self) {
                let events = try await thread.run(TurnRequest(text: prompt))
                if prompt.contains("wait") { kill(pid, SIGKILL) }
                for try await event in events where event != .began { kill(pid, SIGKILL) }
            }
            #expect(error?.code == .died)
            let next = try await shell.thread(resume: id)
            #expect(next.id == nil)
            #expect(try await next.play("next").messages == ["You said: next"])
            #expect(await shell.status().lastError?.contains("SIGKILL") == true)
        }
    }

    @Test func `a tool that would be asked for in vain ends the turn`() async throws {
        let server =
            "[mcp_servers.jobs]\ncommand = '/usr/bin/env'\nargs = ['python3', '-c', '''\(Self.toolServer)''']\n"
        let world = try await RealMCPWorld(configuration: server)
        try await world.run { shell in
            let played = try await shell.thread().play("[[tool: mcp__jobs/start {}]]")
            #expect(played.failure?.kind == .refused)
            #expect(played.failure?.message.contains("default_tools_approval_mode") == true)
            #expect(played.actions.map(\.status) == [.started, .failed])
        }
    }

    @Test func `our own tools are used without asking`() async throws {
        let world = try await RealMCPWorld()
        let tools = ToolServer(name: "jobs", command: "/usr/bin/env", arguments: ["python3", "-c", Self.toolServer])
        try await world.run { shell in
            let played = try await shell.thread(tools: tools).play("[[tool: mcp__jobs/start {}]] [[say: done]]")
            #expect(played.actions.map(\.title) == ["jobs.start", "jobs.start"])
            #expect(played.actions.map(\.status) == [.started, .completed])
            #expect(played.messages == ["done"])
        }
    }

    private static let toolServer = """
        import sys, json
        for line in sys.stdin:
            asked = json.loads(line)
            if "id" not in asked: continue
            answer = {"content": [{"type": "text", "text": "started"}]}
            if asked["method"] == "initialize":
                answer = {"protocolVersion": "2025-06-18", "capabilities": {"tools": {}},
                          "serverInfo": {"name": "jobs", "version": "1"}}
            if asked["method"] == "tools/list":
                answer = {"tools": [{"name": "start", "description": "d",
                                     "inputSchema": {"type": "object", "properties": {}}}]}
            print(json.dumps({"jsonrpc": "2.0", "id": asked["id"], "result": answer}), flush=True)
        """

    // MARK: Starts and ends

    @Test func `a Codex without an MCP server is told from one that does not start`() async throws {
        let agents = try #require(RealMCPWorld.agents)
        let world = try await RealMCPWorld { $0.command = agents + "/codex-0.163.0/bin/codex" }
        try await world.run { shell in
            let error = await #expect(throws: AgentError.self) { try await shell.prepare() }
            #expect(error?.code == .unavailable)
            #expect(error?.description.hasSuffix("set codex.transport = app-server") == true)
        }
    }

    @Test func `the end of the shell ends a running command`() async throws {
        let world = try await RealMCPWorld { $0.approvalPolicy = "never" }
        let since = try await world.run { shell in
            for try await event in try await shell.thread().run(TurnRequest(text: "[[sh: sleep 60]]")) {
                if case .action = event { break }
            }
            return ContinuousClock.now
        }
        #expect(since.duration(to: .now) < .seconds(5))
    }

    @Test func `how the model is reached can be said`() async throws {
        let world = try await RealMCPWorld()
        var options = world.options
        options.providerArguments = [
            "-c", "model_provider=\"cm\"", "-c", "model_providers.cm.name=\"OpenAI\"",
            "-c", "model_providers.cm.base_url=\"\(world.address)\"", "-c", "model_providers.cm.wire_api=\"responses\"",
            "-c", "model_providers.cm.env_key=\"CM_KEY\"",
        ]
        options.environment["CM_KEY"] = "none"
        options.environment["CODEX_HOME"] = try world.emptyHome()
        try await world.run(options) { shell in
            let played = try await shell.thread().play("hello")
            #expect(played.messages == ["You said: hello"])
        }
    }
}
